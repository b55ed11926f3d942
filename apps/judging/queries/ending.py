"""When it was too late, as the audit log tells it."""

from datetime import datetime

from apps.judging.events import JudgingEvent
from apps.judging.models import Sheet
from apps.judging.states import SheetState
from apps.rounds.events import RoundEvent
from tieubieu.audit.queries import events_of


def scoring_ended_at(sheet: Sheet) -> datetime | None:
    """When the judge was marked absent, or when scoring was closed; None when the log does not say."""
    if sheet.state == SheetState.ABSENT:
        found = events_of(sheet).filter(tag=JudgingEvent.SHEET_ABSENT)
    else:
        found = events_of(sheet.entry.round).filter(tag=RoundEvent.ADVANCED, facts__verb="close_scoring")
    last = found.last()
    return last.happened_at if last else None
