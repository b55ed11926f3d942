"""Who has scored what, and when: states and times, never a mark, and nothing of what the reader may not know of."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Max

from apps.accounts.models import Person
from apps.judging.access import visible_sheets
from apps.judging.models import Reminder, Sheet
from apps.judging.states import SheetState
from apps.rounds.models import Round


@dataclass
class Tally:
    """The sheets of one judge, or of one entry."""

    subject: Any
    sheets: list[Sheet] = field(default_factory=list)
    reminded_at: datetime | None = None

    @property
    def total(self) -> int:
        return len(self.sheets)

    @property
    def done(self) -> int:
        return sum(sheet.state != SheetState.DRAFT for sheet in self.sheets)

    @property
    def begun(self) -> int:
        return sum(sheet.state == SheetState.DRAFT and sheet.version > 0 for sheet in self.sheets)

    @property
    def untouched(self) -> int:
        return self.total - self.done - self.begun

    @property
    def last_at(self) -> datetime | None:
        return max((sheet.locked_at for sheet in self.sheets if sheet.locked_at), default=None)


@dataclass(frozen=True)
class Progress:
    judges: list[Tally]
    entries: list[Tally]
    sheets: list[Sheet]

    @property
    def done(self) -> int:
        return sum(tally.done for tally in self.judges)

    @property
    def total(self) -> int:
        return len(self.sheets)


def progress_of(round: Round, person: Person) -> Progress:
    """Where scoring stands as far as the person may know: two questions, however many sheets there are."""
    sheets = list(visible_sheets(person, round).order_by("entry__code", "judge__seat"))
    reminded = dict(Reminder.objects.filter(judge__round=round).values_list("judge").annotate(last=Max("sent_at")))
    judges = _tallies(sheets, "judge")
    for tally in judges:
        tally.reminded_at = reminded.get(tally.subject.pk)
    return Progress(sorted(judges, key=lambda tally: tally.subject.seat), _tallies(sheets, "entry"), sheets)


def _tallies(sheets: Iterable[Sheet], name: str) -> list[Tally]:
    found: dict[Any, Tally] = {}
    for sheet in sheets:
        subject = getattr(sheet, name)
        found.setdefault(subject.pk, Tally(subject)).sheets.append(sheet)
    return list(found.values())
