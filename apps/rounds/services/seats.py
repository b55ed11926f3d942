"""People are appointed to the council, the panel and the support team, and replaced; every change is kept."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from apps.accounts.models import Person
from apps.accounts.services.people import COMPARE_PERSON
from apps.rounds.events import RoundEvent
from apps.rounds.models import Appointment, Body, Post, Round, SeatChange
from apps.rounds.services.locking import lock_round, require
from apps.rounds.states import Capability
from tieubieu.audit.services import record
from tieubieu.errors import DomainError
from tieubieu.outbox.services import emit
from tieubieu.reasons import given_reason

UNEXPLAINED = "Cần ghi lý do hoặc số văn bản thay đổi thành viên."


@transaction.atomic
def appoint(
    round_id: UUID,
    person: Person,
    *,
    body: Body,
    actor: Person,
    post: Post = Post.MEMBER,
    seat: int = 1,
    groups: Sequence[str] = (),
) -> Appointment:
    """Appoint a person to the council, the panel or the support team (Điều 8–11 TT 26/2014/TT-BCT).

    Raises a `DomainError` when the person sits there already or a second head would sit in the body.
    """
    round = lock_round(round_id)
    require(round, Capability.APPOINT)
    _require_free(round, person, body)
    _require_one_head(round, body, post)
    appointment = Appointment.objects.create(
        round=round, person=person, body=body, post=post, seat=seat, groups=list(groups)
    )
    SeatChange.objects.create(round=round, body=body, post=post, joined=person, changed_by=actor)
    record(RoundEvent.APPOINTED, round, actor=actor, person=person.full_name, body=body, post=post)
    emit(COMPARE_PERSON, person_id=person.pk)
    return appointment


@transaction.atomic
def replace_member(appointment_id: UUID, person: Person, *, reason: str, actor: Person) -> Appointment:
    """Seat another person in the same place and post; who left stays in the history of seats, and takes their
    expertise with them."""
    round, seat = _locked(appointment_id)
    why = given_reason(reason, UNEXPLAINED)
    _require_free(round, person, Body(seat.body))
    left = seat.person
    seat.person, seat.groups = person, []
    seat.save(update_fields=["person", "groups"])
    _keep(seat, why, actor, left=left, joined=person)
    record(
        RoundEvent.REPLACED,
        round,
        actor=actor,
        left=left.full_name,
        joined=person.full_name,
        body=seat.body,
        reason=why,
    )
    emit(COMPARE_PERSON, person_id=person.pk)
    return seat


@transaction.atomic
def release_member(appointment_id: UUID, *, reason: str, actor: Person) -> None:
    """Take a person out of a body; the seat is gone, the history stays."""
    round, seat = _locked(appointment_id)
    why = given_reason(reason, UNEXPLAINED)
    _keep(seat, why, actor, left=seat.person)
    record(
        RoundEvent.RELEASED,
        round,
        actor=actor,
        person=seat.person.full_name,
        body=seat.body,
        post=seat.post,
        reason=why,
    )
    seat.delete()


@transaction.atomic
def change_post(appointment_id: UUID, *, post: Post, actor: Person) -> Appointment:
    """Give a member another post in the same body."""
    round, seat = _locked(appointment_id)
    if seat.post == post:
        return seat
    _require_one_head(round, Body(seat.body), post)
    before, seat.post = seat.post, post
    seat.save(update_fields=["post"])
    record(
        RoundEvent.RESEATED, round, actor=actor, person=seat.person.full_name, body=seat.body, before=before, after=post
    )
    return seat


@transaction.atomic
def order_members(round_id: UUID, body: Body, appointment_ids: Sequence[UUID], *, actor: Person) -> None:
    """Put the members of a body in this order; all of them have to be named."""
    round = lock_round(round_id)
    require(round, Capability.APPOINT)
    seats = {seat.pk: seat for seat in round.appointments.filter(body=body)}
    if set(appointment_ids) != set(seats) or len(appointment_ids) != len(seats):
        raise DomainError("Danh sách thành viên vừa thay đổi; xin tải lại trang rồi sắp thứ tự lại.")
    for number, pk in enumerate(appointment_ids, 1):
        seats[pk].seat = number
    Appointment.objects.bulk_update(seats.values(), ["seat"])
    names = [seats[pk].person.full_name for pk in appointment_ids]
    record(RoundEvent.RESEATED, round, actor=actor, body=body, order=names)


def _locked(appointment_id: UUID) -> tuple[Round, Appointment]:
    round = lock_round(Appointment.objects.values_list("round_id", flat=True).get(pk=appointment_id))
    require(round, Capability.APPOINT)
    return round, Appointment.objects.select_related("person").get(pk=appointment_id)


def _require_free(round: Round, person: Person, body: Body) -> None:
    if round.appointments.filter(person=person, body=body).exists():
        raise DomainError(f"{person.full_name} đã có trong {body.label}; mỗi người một vị trí.")


def _require_one_head(round: Round, body: Body, post: Post) -> None:
    if post != Post.CHAIR:
        return
    head = round.appointments.filter(body=body, post=Post.CHAIR).select_related("person").first()
    if head is not None:
        raise DomainError(
            f"{body.label} đã có người đứng đầu là {head.person.full_name}; hãy đổi cương vị của người đó trước."
        )


def _keep(
    seat: Appointment, reason: str, actor: Person, *, left: Person | None = None, joined: Person | None = None
) -> None:
    SeatChange.objects.create(
        round=seat.round,
        body=seat.body,
        post=seat.post,
        left=left,
        joined=joined,
        reason=reason,
        changed_by=actor,
    )
