"""What the ranking reads, and where scoring stands."""

from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from apps.dossiers.models import Entry
from apps.dossiers.states import EntryState
from apps.judging.access import counted_sheets
from apps.judging.models import Mark, Sheet, Snapshot
from apps.judging.states import SheetState
from apps.rounds.models import Round


def ranking_input(round: Round) -> dict[str, Any]:
    """The document of `apps.judging.ranking.rank`: frozen rules and every finished sheet, in a stable order."""
    marks = _marks_by_criterion(round)
    sheets: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    finished = Sheet.objects.filter(entry__round=round).exclude(state__in=(SheetState.DRAFT, SheetState.RELEASED))
    for sheet in finished.order_by("judge__seat", "judge_id"):
        scores = marks[sheet.pk] if sheet.state == SheetState.LOCKED else {}
        sheets[sheet.entry_id].append({"judge": str(sheet.judge_id), "status": sheet.state, "scores": scores})
    judged = Entry.objects.filter(round=round, sheets__isnull=False).distinct().order_by("code")
    return {
        "rules": round.rules["ranking"],
        "entries": [
            {"id": entry.code, "group": entry.group, "sheets": sheets[entry.pk]}
            for entry in judged.exclude(state=EntryState.WITHDRAWN)
        ],
    }


def _marks_by_criterion(round: Round) -> dict[UUID, dict[str, str | None]]:
    """The mark of each criterion: the exact sum of its parts, and none while a part has none."""
    sums: dict[UUID, dict[str, Decimal | None]] = defaultdict(dict)
    rows = Mark.objects.filter(sheet__entry__round=round).values_list("sheet_id", "criterion", "value")
    for sheet_id, criterion, value in rows:
        so_far = sums[sheet_id].get(criterion, Decimal(0))
        sums[sheet_id][criterion] = None if value is None or so_far is None else so_far + value
    return defaultdict(
        dict,
        {
            sheet_id: {criterion: None if value is None else plain(value) for criterion, value in of_sheet.items()}
            for sheet_id, of_sheet in sums.items()
        },
    )


def latest_snapshot(round: Round) -> Snapshot | None:
    """The result that the council decides or decided from; what complaints made of it stands beside it."""
    return round.snapshots.filter(cites=None).first()


def sheets_that_count(round: Round, without: Collection[UUID] = ()) -> QuerySet[Sheet]:
    """The sheets of the round that are or will be scored; nothing of the entries `without`, which the reader may not
    know, nor of sheets held back by a conflict that nobody has decided."""
    return counted_sheets().filter(entry__round=round).exclude(entry__in=without)


def progress_by_judge(round: Round, without: Collection[UUID] = ()) -> list[Any]:
    """How many sheets each judge has finished; counts only, no scores, nothing of the entries `without`."""
    return list(
        sheets_that_count(round, without)
        .values("judge_id", "judge__person__full_name", "judge__seat")
        .annotate(total=Count("pk"), done=Count("pk", filter=~Q(state=SheetState.DRAFT)))
        .order_by("judge__seat")
    )


def plain(value: Decimal) -> str:
    """A decimal as the ranking format writes it: no exponent, no trailing zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
