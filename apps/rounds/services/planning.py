"""The plan of a round: its document, its legal bases, the province's own choices, and freezing them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import Person
from apps.rounds.events import RoundEvent
from apps.rounds.models import LegalBases, Round
from apps.rounds.queries.readiness import document_obstacles
from apps.rounds.rules import rules_here
from apps.rounds.services.locking import lock_round, require
from apps.rounds.states import MOVES, Capability
from tenants.reference.queries import frozen_rules
from tieubieu.audit.services import record
from tieubieu.errors import DomainError, WrongState
from tieubieu.lib.canonical import digest
from tieubieu.moves import move
from tieubieu.reasons import given_reason


@transaction.atomic
def write_plan(
    round_id: UUID, *, number: str, issued_on: date, authority: str, actor: Person, file_id: UUID | None = None
) -> Round:
    """Write down the plan as it came back signed; without `file_id` the file that is there stays.

    Raises a `DomainError` when the drafted choices loosen the law of the plan's day.
    """
    round = lock_round(round_id)
    require(round, Capability.PLAN)
    round.plan_number, round.plan_on, round.plan_authority = number.strip(), issued_on, authority.strip()
    round.plan_file_id = file_id or round.plan_file_id
    frozen_rules(issued_on, round.level, round.choices)
    round.save(update_fields=["plan_number", "plan_on", "plan_authority", "plan_file_id"])
    record(
        RoundEvent.PLAN_WRITTEN,
        round,
        actor=actor,
        plan=round.plan_number,
        issued_on=issued_on,
        authority=round.plan_authority,
        file=str(round.plan_file_id or ""),
    )
    return round


@transaction.atomic
def save_choices(round_id: UUID, choices: Mapping[str, Any], *, version: int, actor: Person) -> Round:
    """Keep some of the province's own choices as a draft, checked against the law of the plan's day.

    `version` is the one last seen; raises `WrongState` (409) when somebody else saved in between, and a
    `DomainError` for a choice that loosens the law (Điều 16.1, 17.1, 24.2 TT 26/2014/TT-BCT).
    """
    round = lock_round(round_id)
    require(round, Capability.PLAN)
    if version != round.choices_version:
        raise WrongState(
            "Người khác vừa sửa quy định của kỳ này. Xin mở trang này ở thẻ khác để xem bản mới rồi lưu lại;"
            " những gì vừa nhập vẫn còn trên trang.",
            version=round.choices_version,
        )
    wanted = {**round.choices, **choices}
    frozen_rules(plan_day(round), round.level, wanted)
    changed = sorted(name for name in choices if round.choices.get(name) != choices[name])
    if not changed:
        return round
    round.choices, round.choices_version = wanted, version + 1
    round.save(update_fields=["choices", "choices_version"])
    record(RoundEvent.CHOICES_SAVED, round, actor=actor, changed=changed, digest=digest(wanted))
    return round


@transaction.atomic
def save_bases(round_id: UUID, items: Sequence[Mapping[str, str]], *, number: int, actor: Person) -> LegalBases:
    """Save a new version of the round's own list of legal bases; `number` is the version last seen (0 for none).

    Raises `WrongState` (409) when somebody else saved in between. The same list again makes no new version.
    """
    round = lock_round(round_id)
    require(round, Capability.PLAN)
    latest = round.bases.first()
    if (latest.number if latest else 0) != number:
        raise WrongState("Người khác vừa sửa danh sách căn cứ; những gì vừa nhập vẫn còn trên trang để đối chiếu.")
    rows = [dict(item) for item in items]
    if latest and latest.items == rows:
        return latest
    saved = LegalBases.objects.create(round=round, number=number + 1, items=rows, saved_by=actor)
    record(RoundEvent.BASES_SAVED, round, actor=actor, number=saved.number, digest=digest(rows))
    return saved


@transaction.atomic
def approve_plan(
    round_id: UUID,
    *,
    plan_number: str,
    plan_on: date,
    choices: Mapping[str, Any],
    actor: Person,
    plan_authority: str = "",
) -> Round:
    """Freeze the legal rules of the plan's date together with the province's own choices and list of bases.

    Raises a `DomainError` when a choice loosens what the law fixes (the pass mark may rise, never fall:
    Điều 17.1; sub-criteria add up to their criterion: Điều 16.1 TT 26/2014/TT-BCT).
    """
    round = lock_round(round_id)
    move(round, "approve_plan", MOVES, field="phase")
    round.choices = dict(choices)
    round.rules = rules_here(plan_on, round.level, choices)
    latest = round.bases.first()
    if latest:
        round.rules["bases"] = latest.items
    round.rules_digest = digest(round.rules)
    round.plan_number, round.plan_on = plan_number, plan_on
    round.plan_authority = plan_authority or round.plan_authority
    round.save()
    record(RoundEvent.PLAN_APPROVED, round, actor=actor, plan=plan_number, rules=round.rules_digest)
    return round


@transaction.atomic
def approve_drafted_plan(round_id: UUID, *, actor: Person) -> Round:
    """Approve the plan as it stands drafted; raises a `DomainError` while its document is not complete."""
    round = lock_round(round_id)
    missing = document_obstacles(round)
    if round.may(Capability.PLAN) and missing:
        raise DomainError(" ".join(str(obstacle) for obstacle in missing))
    return approve_plan(
        round_id, plan_number=round.plan_number, plan_on=plan_day(round), choices=round.choices, actor=actor
    )


@transaction.atomic
def revise_plan(round_id: UUID, *, reason: str, actor: Person) -> Round:
    """Take an approved plan back into drafting, which is possible until the round opens."""
    round = lock_round(round_id)
    why = given_reason(reason, "Cần ghi lý do mở lại kế hoạch đã duyệt.")
    move(round, "revise_plan", MOVES, field="phase")
    dropped, round.rules, round.rules_digest = round.rules_digest, {}, ""
    round.save(update_fields=["phase", "rules", "rules_digest"])
    record(RoundEvent.PLAN_REVISED, round, actor=actor, reason=why, rules=dropped)
    return round


def plan_day(round: Round) -> date:
    """The day whose law the round follows: the plan's, or today while the plan has no date."""
    return round.plan_on or timezone.localdate()
