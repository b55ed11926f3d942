"""A judge's sheet is set aside."""

from uuid import UUID

from django.db import transaction

from apps.accounts.models import Person
from apps.judging.events import JudgingEvent
from apps.judging.models import Sheet
from apps.judging.services.alerting import tell_of_short
from apps.judging.states import MOVES
from apps.rounds.models import Round
from apps.rounds.services import require
from apps.rounds.states import Capability
from tieubieu.audit.services import record
from tieubieu.moves import move


@transaction.atomic
def recuse(sheet_id: UUID, *, reason: str, actor: Person) -> Sheet:
    """A recused judge's sheet is kept and simply does not count."""
    sheet = _set_aside(sheet_id, "recuse", JudgingEvent.SHEET_RECUSED, reason, actor)
    tell_of_short(sheet.entry.round, [sheet.entry])
    return sheet


@transaction.atomic
def mark_absent(sheet_id: UUID, *, reason: str, actor: Person) -> Sheet:
    return _set_aside(sheet_id, "mark_absent", JudgingEvent.SHEET_ABSENT, reason, actor)


def criteria(round: Round) -> list[dict[str, str]]:
    """The criteria of the round's frozen rules: code, max, label."""
    frame: list[dict[str, str]] = round.rules["criteria"]
    return frame


def _set_aside(sheet_id: UUID, verb: str, event: JudgingEvent, reason: str, actor: Person) -> Sheet:
    sheet = Sheet.objects.select_for_update(no_key=True, of=("self",)).select_related("entry__round").get(pk=sheet_id)
    require(sheet.entry.round, Capability.SCORE)
    move(sheet, verb, MOVES, field="state")
    sheet.reason = reason
    sheet.save(update_fields=["state", "reason"])
    record(event, sheet, actor=actor, reason=reason)
    return sheet
