"""What a facility proposed of itself is approved or refused by the authority."""

from uuid import UUID

from django.db import transaction
from django.urls import reverse

from apps.accounts.models import Person
from apps.facilities.events import FacilityEvent
from apps.facilities.models import Facility
from apps.facilities.services.registering import lock_facility
from apps.facilities.states import MOVES
from tieubieu.audit.services import record
from tieubieu.moves import move
from tieubieu.notices.services import Audience, tell
from tieubieu.reasons import given_reason


@transaction.atomic
def approve_facility(facility_id: UUID, *, actor: Person) -> Facility:
    """Put a proposed facility on the register and tell its people. Raises `WrongState` for one that is there."""
    facility = lock_facility(facility_id)
    move(facility, "approve", MOVES, field="standing")
    facility.standing_reason = ""
    facility.save()
    record(FacilityEvent.APPROVED, facility, actor=actor)
    _tell(facility, "Cơ sở đã được duyệt vào danh sách", f"{facility.name} đã được duyệt vào danh sách cơ sở.")
    return facility


@transaction.atomic
def refuse_facility(facility_id: UUID, *, reason: str, actor: Person) -> Facility:
    """Leave a proposed facility off the register for now, and tell its people why; they may correct it and ask again.

    Raises `DomainError` without a reason.
    """
    facility = lock_facility(facility_id)
    reason = require_reason(reason)
    move(facility, "refuse", MOVES, field="standing")
    facility.standing_reason = reason
    facility.save()
    record(FacilityEvent.REFUSED, facility, actor=actor, reason=reason)
    _tell(facility, "Cơ sở chưa được duyệt", f"{facility.name} chưa được duyệt vào danh sách.\nLý do: {reason}")
    return facility


@transaction.atomic
def propose_again(facility_id: UUID, *, actor: Person) -> Facility:
    """Ask once more for what was refused, after correcting it."""
    facility = lock_facility(facility_id)
    move(facility, "propose_again", MOVES, field="standing")
    facility.save()
    record(FacilityEvent.PROPOSED_AGAIN, facility, actor=actor)
    return facility


def require_reason(reason: str) -> str:
    """The reason as it is told; raises `DomainError` when there is none or it is too long."""
    return given_reason(reason, "Xin ghi lý do để báo cho người đề nghị.")


def _tell(facility: Facility, subject: str, text: str) -> None:
    url = reverse("facilities:facility", args=[facility.pk])
    for agent in facility.agents.filter(approved_at__isnull=False).select_related("person"):
        tell(agent.person, audience=Audience.FACILITIES, subject=subject, text=text, url=url, about=facility)
