"""How the score sheets will be handed out, and in which product groups a judge is expert."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from apps.accounts.models import Person
from apps.rounds.events import RoundEvent
from apps.rounds.models import Appointment, Body, Handing, Round
from apps.rounds.queries.handing import product_groups
from apps.rounds.services.locking import lock_round, require
from apps.rounds.states import Capability
from tieubieu.audit.services import record
from tieubieu.errors import DomainError


@transaction.atomic
def choose_handing(
    round_id: UUID, *, handing: Handing, judges_per_entry: int | None, by_expertise: bool, actor: Person
) -> Round:
    """Choose who will score which entry: the whole panel, or some judges of it for each entry.

    The law asks for an odd panel (Điều 11 TT 26/2014/TT-BCT) and leaves the rest to the province (Điều 24.2), so it
    may be chosen until scoring begins. Raises `DomainError` without a number of judges, or with more than the panel
    has once it has members; `WrongState` once scoring began.
    """
    round = lock_round(round_id)
    require(round, Capability.APPOINT)
    if handing == Handing.BALANCED:
        _require_possible(round, judges_per_entry)
    return hand_out_by(
        round, handing=handing, judges_per_entry=judges_per_entry, by_expertise=by_expertise, actor=actor
    )


def hand_out_by(
    round: Round, *, handing: Handing, judges_per_entry: int | None, by_expertise: bool, actor: Person
) -> Round:
    """Keep the choice. The caller holds the round and has checked it."""
    is_balanced = handing == Handing.BALANCED
    wanted = (handing, judges_per_entry if is_balanced else None, by_expertise and is_balanced)
    if wanted == (round.handing, round.judges_per_entry, round.by_expertise):
        return round
    round.handing, round.judges_per_entry, round.by_expertise = wanted
    round.save(update_fields=["handing", "judges_per_entry", "by_expertise"])
    record(
        RoundEvent.HANDING_CHOSEN,
        round,
        actor=actor,
        handing=str(handing),
        judges_per_entry=round.judges_per_entry,
        by_expertise=round.by_expertise,
    )
    return round


@transaction.atomic
def state_expertise(appointment_id: UUID, groups: Collection[str], *, actor: Person) -> Appointment:
    """Write down the product groups in which a judge is expert; none stated is any.

    Raises `DomainError` for somebody outside the panel and for a group that the law does not know.
    """
    round = lock_round(Appointment.objects.values_list("round_id", flat=True).get(pk=appointment_id))
    require(round, Capability.APPOINT)
    seat = Appointment.objects.select_related("person").get(pk=appointment_id)
    known = list(product_groups(round))
    if seat.body != Body.PANEL or not set(groups) <= set(known):
        raise DomainError("Chỉ ghi chuyên môn của giám khảo, theo các nhóm sản phẩm của kỳ.", field="groups")
    stated = [code for code in known if code in groups]
    if stated == seat.groups:
        return seat
    seat.groups = stated
    seat.save(update_fields=["groups"])
    record(RoundEvent.EXPERTISE_STATED, round, actor=actor, person=seat.person.full_name, groups=stated)
    return seat


def _require_possible(round: Round, judges_per_entry: int | None) -> None:
    if judges_per_entry is None or judges_per_entry < 1:
        raise DomainError("Xin ghi số giám khảo chấm mỗi hồ sơ, từ 1 trở lên.", field="judges_per_entry")
    members = round.appointments.filter(body=Body.PANEL).count()
    if members and judges_per_entry > members:
        raise DomainError(
            f"Ban Giám khảo có {members} người, không thể giao mỗi hồ sơ cho {judges_per_entry} người.",
            field="judges_per_entry",
        )
