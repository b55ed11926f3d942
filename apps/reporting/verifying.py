"""A sealed result as a file, and the program with which an outsider recomputes it."""

import hashlib
import json
from pathlib import Path

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from apps.accounts.doors import must_see, person_of
from apps.judging.access import hidden_entries
from apps.judging.queries import latest_snapshot
from apps.judging.ranking.replaying import exported
from apps.judging.verifier import verify_snapshot
from apps.rounds.access import visible_rounds

VERIFIER = Path(verify_snapshot.__file__)


@login_required
def snapshot_file(request: HttpRequest, code: str) -> HttpResponse:
    """The result in force, for `tieubieu replay` and for the verifier; judges stand in it without names. A file that
    can be recomputed holds every entry, so whoever may not know one of them gets none."""
    round = get_object_or_404(visible_rounds(person_of(request)), code=code)
    must_see(request, "rounds.results.see_before_publication", round)
    snapshot = latest_snapshot(round)
    if snapshot is None or hidden_entries(person_of(request), round):
        raise Http404
    made_at = snapshot.made_at.isoformat()
    body = exported(snapshot.body, snapshot.digest, round=round.code, number=snapshot.number, made_at=made_at)
    text = json.dumps(body, ensure_ascii=False, indent=1)
    return _download(text.encode(), f"ket-qua-{round.code}-{snapshot.number}.json", "application/json")


def how_to_verify(request: HttpRequest) -> HttpResponse:
    """For anyone who holds such a file: what to run, and the digest of the program itself."""
    content = VERIFIER.read_bytes()
    context = {"name": VERIFIER.name, "sha256": hashlib.sha256(content).hexdigest(), "source": content.decode()}
    return render(request, "reporting/how_to_verify.html", context)


def verifier(request: HttpRequest) -> HttpResponse:
    return _download(VERIFIER.read_bytes(), VERIFIER.name, "text/x-python; charset=utf-8")


def _download(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
