"""A round is planned, its rules are frozen, people are appointed, and verbs move it from phase to phase."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from apps.accounts.models import Person
from apps.rounds.events import RoundEvent
from apps.rounds.models import Appointment, Body, Level, Post, Round, Window
from apps.rounds.states import MOVES, Capability, Phase
from tenants.reference.queries import frozen_rules
from tieubieu.audit.services import record
from tieubieu.errors import DomainError, WrongState
from tieubieu.lib.canonical import digest
from tieubieu.moves import move


@transaction.atomic
def plan_round(
    *, code: str, level: Level, year: int, ordinal: int, name: str, area_code: str, actor: Person, is_demo: bool = False
) -> Round:
    """Create the draft of a round."""
    round = Round.objects.create(
        code=code, level=level, year=year, ordinal=ordinal, name=name, area_code=area_code, is_demo=is_demo
    )
    record(RoundEvent.PLANNED, round, actor=actor, code=code)
    return round


@transaction.atomic
def approve_plan(
    round_id: UUID, *, plan_number: str, plan_on: date, choices: Mapping[str, Any], actor: Person
) -> Round:
    """Freeze the legal rules of the plan's date together with the province's own choices.

    Raises a `DomainError` when a choice loosens what the law fixes (the pass mark may rise, never fall:
    Điều 17.1; sub-criteria add up to their criterion: Điều 16.1 TT 26/2014/TT-BCT).
    """
    round = lock_round(round_id)
    move(round, "approve_plan", MOVES, field="phase")
    round.rules = frozen_rules(plan_on, round.level, choices)
    round.rules_digest = digest(round.rules)
    round.plan_number, round.plan_on = plan_number, plan_on
    round.save()
    record(RoundEvent.PLAN_APPROVED, round, actor=actor, plan=plan_number, rules=round.rules_digest)
    return round


@transaction.atomic
def set_window(
    round_id: UUID, kind: str, *, opens_at: datetime, closes_at: datetime, responsible: str, actor: Person
) -> Window:
    """Set or move one window of the round."""
    round = lock_round(round_id)
    if closes_at <= opens_at:
        raise DomainError("Thời điểm đóng phải sau thời điểm mở.")
    window, _ = Window.objects.update_or_create(
        round=round,
        kind=kind,
        defaults={"opens_at": opens_at, "closes_at": closes_at, "responsible": responsible},
    )
    record(
        RoundEvent.WINDOW_SET, round, actor=actor, kind=kind, opens=opens_at.isoformat(), closes=closes_at.isoformat()
    )
    return window


@transaction.atomic
def appoint(
    round_id: UUID, person: Person, *, body: Body, actor: Person, post: Post = Post.MEMBER, seat: int = 1
) -> Appointment:
    """Appoint a person to the council, the panel or the support team (Điều 8–11 TT 26/2014/TT-BCT)."""
    round = lock_round(round_id)
    require(round, Capability.APPOINT)
    appointment = Appointment.objects.create(round=round, person=person, body=body, post=post, seat=seat)
    record(RoundEvent.APPOINTED, round, actor=actor, person=person.full_name, body=body, post=post)
    return appointment


@transaction.atomic
def open_round(round_id: UUID, *, actor: Person) -> Round:
    """Open the filing of dossiers, once council and panel have their legal sizes."""
    round = lock_round(round_id)
    _require_legal_sizes(round)
    return _advance(round, "open", actor)


@transaction.atomic
def advance(round_id: UUID, verb: str, *, actor: Person | None) -> Round:
    """Move the round by a verb of `MOVES`; the calling room has asked its own guards first."""
    return _advance(lock_round(round_id), verb, actor)


def lock_round(round_id: UUID) -> Round:
    """The row lock under which a round and all that hangs on its phase may change."""
    return Round.objects.select_for_update().get(pk=round_id)


def require(round: Round, capability: Capability) -> None:
    """Raise `WrongState` unless the round's phase grants the capability."""
    if not round.may(capability):
        label = Phase(round.phase).label
        raise WrongState(f"Kỳ bình chọn {label.lower()}, nên chưa hoặc không còn làm được việc này.", phase=round.phase)


def _advance(round: Round, verb: str, actor: Person | None) -> Round:
    before = round.phase
    move(round, verb, MOVES, field="phase")
    round.save(update_fields=["phase"])
    record(RoundEvent.ADVANCED, round, actor=actor, verb=verb, before=before, after=round.phase)
    return round


def _require_legal_sizes(round: Round) -> None:
    sizes: Sequence[int] = round.rules["council_sizes"]
    council = round.appointments.filter(body=Body.COUNCIL).count()
    panel = round.appointments.filter(body=Body.PANEL).count()
    if council not in sizes:
        legal = " hoặc ".join(str(size) for size in sizes)
        raise DomainError(f"Hội đồng bình chọn phải có {legal} thành viên; hiện có {council}.")
    if panel % 2 == 0:
        raise DomainError(f"Ban Giám khảo phải có số lẻ thành viên (Điều 11); hiện có {panel}.")
