"""What the second of two editors is shown: who saved when, and field by field what is different."""

from dataclasses import dataclass
from datetime import datetime

from apps.facilities.edits import Difference
from apps.facilities.history import Wording
from apps.facilities.models import Facility
from apps.facilities.services.registering import ChangedMeanwhile
from tieubieu.audit.queries import events_of


@dataclass(frozen=True)
class Line:
    label: str
    before: str
    theirs: str
    mine: str
    is_clash: bool


@dataclass(frozen=True)
class OtherHand:
    """Somebody else's change: told above the form that holds what both typed."""

    who: str
    at: datetime | None
    lines: list[Line]


def other_hand(facility: Facility, meanwhile: ChangedMeanwhile, wording: Wording) -> OtherHand:
    """The other editor's change in the words of the page."""
    last = events_of(facility).last()
    lines = [_line(found, wording) for found in meanwhile.differences]
    return OtherHand(last.actor_name if last else "", last.happened_at if last else None, lines)


def _line(found: Difference, wording: Wording) -> Line:
    before, theirs, mine = (wording.value(found.field, value) for value in (found.before, found.theirs, found.mine))
    return Line(wording.label(found.field), before, theirs, mine, found.is_clash)
