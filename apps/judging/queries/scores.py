"""The marks of an entry's judges side by side, and every version that was ever locked. The callers ask who may read."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from apps.dossiers.models import Entry
from apps.judging.frame import lines_for
from apps.judging.models import LockedVersion, Mark, Sheet
from apps.judging.states import SheetState
from apps.rounds.models import Round


@dataclass(frozen=True)
class ScoreTable:
    """`rows` are (label, most, the marks in the order of `sheets`); only locked sheets stand in it."""

    sheets: list[Sheet]
    rows: list[tuple[str, Decimal, list[Decimal | None]]]
    totals: list[Decimal]


def score_table(round: Round, entry: Entry, sheets: Sequence[Sheet]) -> ScoreTable:
    """What the locked sheets among `sheets` say, line by line."""
    locked = [sheet for sheet in sheets if sheet.state == SheetState.LOCKED]
    kept = {
        (mark.sheet_id, mark.criterion, mark.part): mark.value
        for mark in Mark.objects.filter(sheet__in=[sheet.pk for sheet in locked])
    }
    lines = lines_for(round.rules, entry.group)
    rows = [
        (
            f"{line.part}. {line.label}" if line.part else line.label,
            line.most,
            [kept.get((sheet.pk, line.criterion, line.part)) for sheet in locked],
        )
        for line in lines
    ]
    totals = [sum((given[place] or Decimal(0) for _, _, given in rows), Decimal(0)) for place in range(len(locked))]
    return ScoreTable(locked, rows, totals)


@dataclass(frozen=True)
class VersionTold:
    """A locked version with its marks by the labels of the frame."""

    version: LockedVersion
    marks: list[tuple[str, str]]
    total: Decimal


def versions_of(entry: Entry, sheet: Sheet | None = None) -> list[VersionTold]:
    """Every locked version of the entry's sheets (or of one sheet), the latest first, with why it was reopened."""
    labels = {
        line.key: f"{line.part}. {line.label}" if line.part else line.label
        for line in lines_for(entry.round.rules, entry.group)
    }
    kept = LockedVersion.objects.filter(sheet__entry=entry).order_by("sheet__judge__seat", "-number")
    kept = kept.filter(sheet=sheet) if sheet else kept
    found = kept.select_related("sheet__judge__person", "reopening__reopened_by")
    return [_told(version, labels) for version in found]


def _told(version: LockedVersion, labels: dict[str, str]) -> VersionTold:
    marks = [(label, version.marks[key].replace(".", ",")) for key, label in labels.items() if key in version.marks]
    return VersionTold(version, marks, sum((Decimal(value) for value in version.marks.values()), Decimal(0)))
