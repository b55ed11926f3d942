"""Decision, certificates and nomination of one round, for the officer who keeps its papers."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from apps.accounts.doors import must_see, person_of
from apps.judging.access import hidden_entries
from apps.nominations.services import nominate
from apps.recognition.queries import certificates_of
from apps.recognition.services import issue_certificates, record_decision
from apps.reporting.forms import DecisionForm, LetterForm
from apps.rounds.access import visible_rounds
from apps.rounds.models import Level, Round
from tenants.gateways import each_tenant
from tieubieu.errors import DomainError

HIGHER = {Level.COMMUNE: Level.PROVINCE, Level.PROVINCE: Level.REGION, Level.REGION: Level.NATION}


@login_required
def decision(request: HttpRequest, code: str) -> HttpResponse:
    """Record the signed decision that came back."""
    round = _mine(request, code)
    issuer = getattr(request, "tenant").people_committee  # noqa: B009 - set by the tenant middleware
    form = DecisionForm(request.POST or None, initial={"authority": issuer})
    if request.method == "POST" and form.is_valid():
        try:
            record_decision(round.pk, form.paper(), actor=person_of(request))
            return redirect("rounds:cockpit", code)
        except DomainError as refused:
            form.add_error(None, refused.message)
    status = 422 if form.is_bound else 200
    return render(request, "reporting/decision.html", {"round": round, "form": form}, status=status)


@login_required
@require_POST
def certificates(request: HttpRequest, code: str) -> HttpResponse:
    """Ask the workers for the certificates; the cockpit shows their progress."""
    round = _mine(request, code)
    try:
        issue_certificates(round.pk, actor=person_of(request))
    except DomainError as refused:
        messages.error(request, refused.message)
    return redirect("rounds:cockpit", code)


@login_required
def nomination(request: HttpRequest, code: str) -> HttpResponse:
    """Choose the nominees and seal the packet; for who may know of every one."""
    round = _all_mine(request, code)
    form = LetterForm(request.POST or None)
    picked = set(request.POST.getlist("entries"))
    if request.method == "POST" and form.is_valid():
        try:
            _nominate(request, round, form, picked)
            return redirect("rounds:cockpit", code)
        except DomainError as refused:
            form.add_error(None, refused.message)
    context = {"round": round, "form": form, "picked": picked, "certificates": certificates_of(round)}
    return render(request, "reporting/nomination.html", context, status=422 if form.is_bound else 200)


def _nominate(request: HttpRequest, round: Round, form: LetterForm, picked: set[str]) -> None:
    nominate(
        round.pk,
        ids(picked),
        target=_national(),
        target_level=HIGHER[Level(round.level)],
        letter=form.letter(),
        actor=person_of(request),
    )


def _national() -> str:
    """The tenant above all provinces."""
    for tenant in each_tenant("national"):
        return tenant.slug
    raise DomainError("Hệ thống này chưa có đơn vị Trung ương để nhận đề cử.")


def ids(raws: Iterable[str]) -> list[UUID]:
    """The ids a form sent; raises `DomainError` for anything else."""
    try:
        return [UUID(raw) for raw in raws]
    except ValueError as wrong:
        raise DomainError("Danh sách chọn gửi lên không hợp lệ; xin tải lại trang rồi chọn lại.") from wrong


def _all_mine(request: HttpRequest, code: str) -> Round:
    round = _mine(request, code)
    if hidden_entries(person_of(request), round):
        raise Http404
    return round


def _mine(request: HttpRequest, code: str) -> Round:
    round = get_object_or_404(visible_rounds(person_of(request)), code=code)
    must_see(request, "rounds.round.run", round)
    return round
