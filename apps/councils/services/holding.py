"""The lock under which a session changes, its guards, and the log to which every change is written."""

from collections.abc import Collection
from uuid import UUID

from apps.accounts.models import Person
from apps.councils.events import CouncilEvent
from apps.councils.models import Ballot, Item, Session, SessionAct
from apps.councils.queries.room import Room
from apps.councils.recusals import hidden_entries
from apps.rounds.models import Appointment
from apps.rounds.services import lock_round, require
from apps.rounds.services.locking import share_round
from apps.rounds.states import Capability
from tieubieu.audit.services import record
from tieubieu.errors import DomainError, NotAllowed, WrongState

CASTS = (CouncilEvent.VOTE_CAST,)


class SessionMoved(WrongState):
    """Somebody else changed the session after this page was shown."""


class QuorumLost(WrongState):
    """Too few members are in the room for a vote to be opened, cast or closed."""


def hold_session(session_id: UUID, *, seen: int | None = None, is_last: bool = False) -> Session:
    """Lock the session under its round, which stays as it is meanwhile (`is_last`: the caller moves the round).

    `seen` is the version that the person looked at. Raises `WrongState` once it is closed, `SessionMoved` when
    somebody changed it since, `Session.DoesNotExist`.
    """
    round_id = Session.objects.values_list("round_id", flat=True).get(pk=session_id)
    round = lock_round(round_id) if is_last else share_round(round_id)
    session = Session.objects.select_for_update(no_key=True).get(pk=session_id)
    session.round = round
    if session.closed_at is not None:
        raise WrongState("Phiên họp đã bế mạc; biên bản và danh sách không sửa được nữa.")
    require(round, Capability.SELECT)
    if seen is not None and seen != session.version:
        raise SessionMoved(_moved(session, seen), version=session.version)
    return session


def happen(
    event: CouncilEvent, session: Session, /, *, actor: Person, item: Item | None = None, ballot: Ballot | None = None,
    member: Appointment | None = None, **facts: object,
) -> None:  # fmt: skip
    """Write one line to the session's log and to the audit chain; the caller holds the session."""
    session.acts += 1
    session.version += event not in CASTS
    session.save(update_fields=["acts", "version"])
    SessionAct.objects.create(
        session=session, seq=session.acts, kind=event, actor_name=actor.full_name, item=item, ballot=ballot,
        member=member, facts=facts,
    )  # fmt: skip
    named: dict[str, object] = {"ballot": ballot.number} if ballot else {}
    named |= {"member": member.person.full_name} if member else {}
    record(event, session, actor=actor, number=session.acts, **named, **facts)


def require_vote_possible(session: Session, room: Room) -> None:
    """Raise `QuorumLost`, or `WrongState` while nobody presides."""
    if not room.has_quorum:
        raise QuorumLost(
            f"Dừng biểu quyết vì chưa đủ số thành viên để họp: {room.words}."
            " Biểu quyết tiếp tục được ngay khi đủ người trở lại."
        )
    if session.chair_id not in room.present:
        raise WrongState("Chủ tọa không có mặt; xin giao chủ tọa cho một thành viên đang dự họp rồi biểu quyết tiếp.")


def require_unconflicted(session: Session, entries: Collection[UUID], actor: Person) -> None:
    """Whoever is kept out of an entry does not run the vote on it either."""
    if hidden_entries(session.round, actor) & set(entries):
        raise NotAllowed(
            "Biểu quyết này có nội dung mà thành viên không được tham gia; xin để người khác trong ban thư ký ghi."
        )


def given(text: str, message: str, longest: int = 500) -> str:
    """The text without blanks around it; raises a `DomainError` with the message when nothing is left."""
    words = text.strip()
    if not words:
        raise DomainError(message)
    if len(words) > longest:
        raise DomainError(f"Nội dung dài {len(words)} chữ cái, nhiều nhất {longest}; xin viết gọn lại.")
    return words


def _moved(session: Session, seen: int) -> str:
    desk = session.log.exclude(kind__in=CASTS).order_by("-seq")[: max(session.version - seen, 1)]
    lines = [f"{CouncilEvent(act.kind).sentence.lower()} ({act.actor_name})" for act in reversed(desk)]
    return f"Phiên họp vừa có thay đổi: {'; '.join(lines)}. Chưa ghi gì thêm; xin xem lại trang rồi làm tiếp."
