"""A round is planned, opened, and moved by verbs from phase to phase."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import Person
from apps.rounds.events import RoundEvent
from apps.rounds.models import Level, Round
from apps.rounds.queries.readiness import obstacles
from apps.rounds.queries.windows import filing_closes_at
from apps.rounds.services.locking import lock_round
from apps.rounds.services.telling import tell_of_opening
from apps.rounds.services.windows import PromiseShortened, start_complaints
from apps.rounds.states import MOVES, Capability, Phase
from tieubieu.audit.services import record
from tieubieu.errors import DomainError
from tieubieu.moments import transaction_time
from tieubieu.moves import move
from tieubieu.ui.words import deadline


@transaction.atomic
def plan_round(
    *, code: str, level: Level, year: int, ordinal: int, name: str, area_code: str, actor: Person, is_demo: bool = False
) -> Round:
    """Create the draft of a round; who plans it answers for it until somebody else is named."""
    round = Round.objects.create(
        code=code,
        level=level,
        year=year,
        ordinal=ordinal,
        name=name,
        area_code=area_code,
        officer=actor,
        is_demo=is_demo,
    )
    record(RoundEvent.PLANNED, round, actor=actor, code=code)
    return round


@transaction.atomic
def name_officer(round_id: UUID, officer: Person, *, actor: Person) -> Round:
    """Name who answers for the round; naming the same person again changes nothing."""
    round = lock_round(round_id)
    if round.officer_id == officer.pk:
        return round
    before = round.officer.full_name if round.officer else ""
    round.officer = officer
    round.save(update_fields=["officer"])
    record(RoundEvent.OFFICER_NAMED, round, actor=actor, before=before, after=officer.full_name)
    return round


@transaction.atomic
def open_round(round_id: UUID, *, actor: Person) -> Round:
    """Open the filing of dossiers and tell everybody who was appointed or answers for a window.

    Raises a `DomainError` with every obstacle: windows with their officers, council (Điều 9) and panel (Điều 11
    TT 26/2014/TT-BCT); `WrongState` unless the plan is approved.
    """
    round = lock_round(round_id)
    if round.phase == Phase.PLANNED:
        _require_nothing_missing(round)
    opened = _advance(round, "open", actor)
    tell_of_opening(opened, actor)
    return opened


@transaction.atomic
def close_filing(round_id: UUID, *, actor: Person) -> Round:
    """End the filing by a decision; refused with `PromiseShortened` while the announced time, grace included, runs.

    Whoever wants to close earlier takes the window back first, with a reason and a confirmation.
    """
    round = lock_round(round_id)
    closes_at = filing_closes_at(round)
    if round.may(Capability.FILE) and closes_at is not None and transaction_time() < closes_at:
        raise PromiseShortened(
            f"Thời gian nhận hồ sơ đã thông báo còn đến {deadline(timezone.localtime(closes_at))}."
            " Muốn đóng sớm, xin rút ngắn thời hạn nhận hồ sơ (ghi lý do, xác nhận) trước."
        )
    return _advance(round, "close_filing", actor)


@transaction.atomic
def advance(round_id: UUID, verb: str, *, actor: Person | None) -> Round:
    """Move the round by a verb of `MOVES`; the calling room has asked its own guards first."""
    round = _advance(lock_round(round_id), verb, actor)
    if verb == "publish":
        start_complaints(round, actor)
    return round


def _advance(round: Round, verb: str, actor: Person | None) -> Round:
    before = round.phase
    move(round, verb, MOVES, field="phase")
    round.save(update_fields=["phase"])
    record(RoundEvent.ADVANCED, round, actor=actor, verb=verb, before=before, after=round.phase)
    return round


def _require_nothing_missing(round: Round) -> None:
    found = obstacles(round)
    if found:
        raise DomainError(" ".join(str(obstacle) for obstacle in found), parts=[o.part.value for o in found])
