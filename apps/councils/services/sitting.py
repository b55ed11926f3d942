"""Who sits, presides and keeps the minutes: from the opening on, arrivals and departures are events."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from apps.accounts.models import Person
from apps.councils.events import CouncilEvent
from apps.councils.models import Attendance, Item, ItemKind, Session, Way
from apps.councils.queries.room import Room, members_of, quorum_of, room_of
from apps.councils.queries.standing import candidates
from apps.councils.services.holding import happen, hold_session
from apps.judging.queries import latest_snapshot
from apps.judging.queries.conflicts import undecided
from apps.rounds.models import Appointment, Body, Post, Round
from apps.rounds.rules import group_name
from apps.rounds.services import advance, lock_round
from tieubieu.errors import DomainError, WrongState

SCRIBES = (Body.COUNCIL, Body.SUPPORT)


@transaction.atomic
def convene(
    round_id: UUID, *, present: Collection[UUID], actor: Person, chair: UUID | None = None,
    secretary: UUID | None = None, way: Way = Way.HANDS,
) -> Session:  # fmt: skip
    """Open the session on the snapshot in force; refused without the quorum of the round's rules.

    `present` and `chair` are appointments, `secretary` a person. Unless named, the chair of the council (or a deputy)
    presides, and its secretary (or else `actor`) keeps the minutes. The agenda is one item a product group.
    """
    round = lock_round(round_id)
    snapshot = latest_snapshot(round)
    if snapshot is None:
        raise DomainError("Chưa có kết quả chấm điểm để Hội đồng xem xét.")
    if undecided(round, Body.COUNCIL).exists():
        raise DomainError("Còn xung đột lợi ích của thành viên Hội đồng chưa được quyết định; hãy quyết định rồi họp.")
    members = members_of(round)
    room = Room(tuple(members), frozenset({m.pk for m in members} & set(present)), quorum_of(round))
    _require_quorum(room)
    presiding = _presiding(room, chair)
    keeper = _keeper(round, room, secretary, actor)
    advance(round_id, "convene", actor=actor)
    session = Session.objects.create(round=round, snapshot=snapshot, chair=presiding, secretary=keeper, way=way)
    Attendance.objects.bulk_create([Attendance(session=session, member=m) for m in room.attending])
    _put_agenda(session)
    happen(
        CouncilEvent.CONVENED, session, actor=actor, present=[m.person.full_name for m in room.attending],
        chair=presiding.person.full_name, secretary=keeper.full_name, way=way, snapshot=snapshot.digest,
    )  # fmt: skip
    return session


@transaction.atomic
def arrive(session_id: UUID, member_id: UUID, *, actor: Person, seen: int | None = None) -> Session:
    """Record that a member came in, now, by the database's clock."""
    session = hold_session(session_id, seen=seen)
    member = _member(room_of(session), member_id)
    if session.attendances.filter(member=member, left_at=None).exists():
        raise WrongState(f"{member.person.full_name} đã được ghi là có mặt.")
    Attendance.objects.create(session=session, member=member)
    happen(CouncilEvent.ARRIVED, session, actor=actor, member=member, room=room_of(session).words)
    return session


@transaction.atomic
def depart(session_id: UUID, member_id: UUID, *, actor: Person, seen: int | None = None) -> Session:
    """Record that a member left, now; what they voted before stands."""
    session = hold_session(session_id, seen=seen)
    member = _member(room_of(session), member_id)
    if not session.attendances.filter(member=member, left_at=None).update(left_at=Now()):
        raise WrongState(f"{member.person.full_name} không được ghi là có mặt.")
    happen(CouncilEvent.LEFT, session, actor=actor, member=member, room=room_of(session).words)
    return session


@transaction.atomic
def name_chair(session_id: UUID, member_id: UUID, *, actor: Person, seen: int | None = None) -> Session:
    """Hand the chair of this session to a member who is in the room."""
    session = hold_session(session_id, seen=seen)
    session.chair = _presiding(room_of(session), member_id)
    session.save(update_fields=["chair"])
    happen(CouncilEvent.CHAIR_NAMED, session, actor=actor, member=session.chair)
    return session


@transaction.atomic
def name_secretary(session_id: UUID, person_id: UUID, *, actor: Person, seen: int | None = None) -> Session:
    """Name who keeps the minutes from now on: somebody of the council, of the support team, or the actor."""
    session = hold_session(session_id, seen=seen)
    keeper = _keeper(session.round, room_of(session), person_id, actor)
    session.secretary = keeper
    session.save(update_fields=["secretary"])
    happen(CouncilEvent.SECRETARY_NAMED, session, actor=actor, secretary=keeper.full_name)
    return session


def _put_agenda(session: Session) -> None:
    groups = sorted({c.entry.group for c in candidates(session.snapshot)})
    Item.objects.bulk_create(
        [
            Item(
                session=session, number=number, kind=ItemKind.GROUP, group=group,
                title=f"Nhóm {group}: {group_name(session.round, group).removeprefix('Nhóm ')}"[:300],
            )
            for number, group in enumerate(groups, 1)
        ]
    )  # fmt: skip


def _require_quorum(room: Room) -> None:
    if not room.has_quorum:
        raise DomainError(f"Chưa đủ số thành viên để họp: {room.words}.")


def _member(room: Room, member_id: UUID) -> Appointment:
    found = next((m for m in room.members if m.pk == member_id), None)
    if found is None:
        raise DomainError("Người này không phải thành viên Hội đồng của kỳ bình chọn.")
    return found


def _presiding(room: Room, chair: UUID | None) -> Appointment:
    found = room.presiding if chair is None else next((m for m in room.attending if m.pk == chair), None)
    if found is None and chair is None:
        raise DomainError("Chủ tịch và Phó Chủ tịch Hội đồng đều vắng; xin chọn thành viên có mặt làm chủ tọa.")
    if found is None:
        raise DomainError("Chủ tọa phải là thành viên Hội đồng đang có mặt.")
    return found


def _keeper(round: Round, room: Room, person_id: UUID | None, actor: Person) -> Person:
    if person_id is None:
        return next((m.person for m in room.attending if m.post == Post.SECRETARY), actor)
    if person_id == actor.pk:
        return actor
    seat = round.appointments.filter(body__in=SCRIBES, person=person_id).select_related("person").first()
    if seat is None:
        raise DomainError("Thư ký phiên họp phải thuộc Hội đồng hoặc Tổ chuyên môn giúp việc.")
    return seat.person
