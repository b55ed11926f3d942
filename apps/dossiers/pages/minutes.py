"""The minutes of checking: counts that reconcile, and every dossier behind them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from apps.accounts.doors import must_see, person_of
from apps.dossiers.pages.desk import desk_only
from apps.dossiers.queries.minutes import lines_of, minutes_of, sets_in
from apps.dossiers.workbook import minutes_workbook
from apps.rounds.access import visible_rounds
from apps.rounds.models import Round
from tieubieu.spreadsheets import attachment
from tieubieu.ui.parts import Figure


@desk_only
def minutes(request: HttpRequest, code: str) -> HttpResponse:
    round = _round(request, code)
    found = minutes_of(round)
    queue = reverse("desk:queue")
    parts = [Figure(p.label, p.count, url=f"{queue}?ky={round.code}&muc={p.tab}") for p in found.parts if p.count]
    context = {"round": round, "minutes": found, "sets": sets_in(round), "parts": parts, "lines": lines_of(round)}
    return render(request, "dossiers/desk/minutes.html", context)


@desk_only
def minutes_xlsx(request: HttpRequest, code: str) -> HttpResponse:
    round = _round(request, code)
    return attachment(minutes_workbook(round, minutes_of(round)), f"bien-ban-kiem-tra-{round.code}.xlsx")


def _round(request: HttpRequest, code: str) -> Round:
    """A round whose every dossier the person may see: counts of a part would not reconcile."""
    round = get_object_or_404(visible_rounds(person_of(request)), code=code)
    must_see(request, "dossiers.desk.see", round)
    return round
