"""The public host: the register for everyone, and what a scanned code means."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from apps.catalogue.models import IssuerKey, RegisteredCertificate
from apps.catalogue.queries import Verdict, find_by_number, search, state_on, verify_token
from tieubieu.api.reading import read_only

PAGE = 30


def register(request: HttpRequest) -> HttpResponse:
    """Search the nation's register of certified products."""
    words = request.GET.get("tim", "").strip()[:100]
    found = search(words) if words else RegisteredCertificate.objects.all()
    page = Paginator(found, PAGE).get_page(request.GET.get("trang"))
    rows = [(line, state_on(line, timezone.localdate())) for line in page]
    return render(request, "catalogue/register.html", {"words": words, "page": page, "rows": rows})


def verify(request: HttpRequest, token: str) -> HttpResponse:
    """What the scanned code certifies, by whom, until when, and its state now."""
    verdict = verify_token(token, timezone.localdate())
    status = 404 if verdict.state == "unknown" else 200
    return render(request, "catalogue/verify.html", {"verdict": verdict}, status=status)


def verify_number(request: HttpRequest) -> HttpResponse:
    """Look a certificate up by the number printed on it."""
    number = request.GET.get("so", "").strip()[:60]
    today = timezone.localdate()
    rows = [(line, state_on(line, today)) for line in find_by_number(number)] if number else []
    return render(request, "catalogue/verify_number.html", {"number": number, "rows": rows})


@read_only
def verify_api(request: HttpRequest, token: str) -> JsonResponse:
    """The same answer for programs."""
    verdict = verify_token(token, timezone.localdate())
    return JsonResponse(_as_json(verdict), status=404 if verdict.state == "unknown" else 200)


@read_only
def keys_api(request: HttpRequest) -> JsonResponse:
    """Every published key, for verification without a connection."""
    keys = IssuerKey.objects.order_by("kid").values("issuer", "kid", "public")
    return JsonResponse({"algorithm": "Ed25519", "keys": list(keys)})


def _as_json(verdict: Verdict) -> dict[str, object]:
    line = verdict.line
    if line is None:
        return {"state": verdict.state, "label": verdict.label, "reason": verdict.reason}
    return {
        "state": verdict.state,
        "label": verdict.label,
        "number": line.number,
        "product": line.product_name,
        "holder": line.holder_name,
        "level": line.level,
        "issuer": line.issuer_name,
        "decision": line.decision,
        "issued_on": line.issued_on.isoformat(),
        "valid_until": line.valid_until.isoformat(),
        "is_demo": line.is_demo,
    }
