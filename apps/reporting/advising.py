"""Advice beside the result in force: how the judges differ, and what other rules would have made of the same sheets."""

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from apps.accounts.doors import must_see, person_of
from apps.judging.access import hidden_entries
from apps.judging.models import Snapshot
from apps.judging.queries import latest_snapshot
from apps.judging.queries.advice import Advice, advice_of
from apps.judging.ranking.advice import FEWEST_COMMON, FEWEST_ENTRIES
from apps.reporting.advice_tables import FIGURES, advice_tables
from apps.reporting.forms import AdviceForm
from apps.reporting.queries import codes_of
from apps.rounds.access import visible_rounds
from tieubieu.spreadsheets import Table, attachment, write_tables

Cell = tuple[object, bool]


@login_required
def advice(request: HttpRequest, code: str) -> HttpResponse:
    """A threshold that cannot be read is told beside its field; the figures then stay away, not wrong."""
    snapshot = _snapshot(request, code)
    form = AdviceForm(request.GET, snapshot.round)
    found = _found(request, snapshot, form) if form.is_valid() else None
    context = {"round": snapshot.round, "form": form, "tables": _shown(snapshot, found) if found else []}
    context |= {"fewest_entries": FEWEST_ENTRIES, "fewest_common": FEWEST_COMMON, "asked": request.GET.urlencode()}
    return render(request, "reporting/advice.html", context, status=200 if found else 422)


@login_required
def advice_xlsx(request: HttpRequest, code: str) -> HttpResponse:
    snapshot = _snapshot(request, code)
    form = AdviceForm(request.GET, snapshot.round)
    if not form.is_valid():
        return advice(request, code)
    tables = [table for table, _ in advice_tables(snapshot, _found(request, snapshot, form))]
    return attachment(write_tables(*tables), f"tham-khao-{snapshot.round.code}.xlsx")


def _shown(snapshot: Snapshot, found: Advice) -> list[tuple[Table, str, list[Cell], list[list[Cell]]]]:
    """The tables with, beside each head and value, whether the column holds figures."""
    return [
        (table, told, _marked(table, table.heads), [_marked(table, row) for row in table.rows])
        for table, told in advice_tables(snapshot, found)
    ]


def _marked(table: Table, values: Sequence[object]) -> list[Cell]:
    return [(value, head in FIGURES) for value, head in zip(values, table.heads, strict=True)]


def _snapshot(request: HttpRequest, code: str) -> Snapshot:
    round = get_object_or_404(visible_rounds(person_of(request)), code=code)
    must_see(request, "rounds.results.see_before_publication", round)
    snapshot = latest_snapshot(round)
    if snapshot is None:
        raise Http404
    return snapshot


def _found(request: HttpRequest, snapshot: Snapshot, form: AdviceForm) -> Advice:
    wanted = form.cleaned_data
    unknown = codes_of(hidden_entries(person_of(request), snapshot.round))
    return advice_of(
        snapshot, quota=form.quota(), spread_from=wanted["lech"], distance_from=wanted["cap"], without=unknown
    )
