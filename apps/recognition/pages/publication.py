"""The state of a publication, for the authority: who was told, when, and whether they looked."""

from collections import Counter
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from apps.accounts.doors import person_of
from apps.judging.doors import of_a_round
from apps.recognition.queries.publication import told_of
from apps.recognition.workbook import publication_workbook
from apps.rounds.models import Round, WindowKind
from apps.rounds.queries import window_of
from tieubieu.spreadsheets import attachment

SEE = "recognition.publication.see"
PARTS = (("opened", "đã mở xem"), ("told", "đã báo, chưa mở"), ("untold", "chưa báo được"))


@of_a_round(SEE)
def publication(request: HttpRequest, round: Round) -> HttpResponse:
    """Every entry with who was told of its result."""
    rows = told_of(round, person_of(request))
    counted = Counter(row.state for row in rows)
    context: dict[str, Any] = {
        "round": round,
        "rows": rows,
        "parts": [(word, counted[state]) for state, word in PARTS],
        "window": window_of(round, WindowKind.COMPLAINT),
    }
    return render(request, "recognition/publication.html", context)


@of_a_round(SEE)
def publication_xlsx(request: HttpRequest, round: Round) -> HttpResponse:
    """The same rows under the same rule, as a workbook."""
    return attachment(publication_workbook(told_of(round, person_of(request))), f"bao-ket-qua-{round.code}.xlsx")
