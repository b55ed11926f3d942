"""A filed entry is assigned, accepted, refused, and its conclusion reopened while nobody has scored yet."""

from uuid import UUID

from django.db import transaction

from apps.accounts.models import Person
from apps.dossiers.events import EntryEvent, ScreeningEvent
from apps.dossiers.models import CodeBook, Entry
from apps.dossiers.queries.legal import obstacles
from apps.dossiers.queries.standing import last_word, stamp_of
from apps.dossiers.services.announcing import tell_facility, tell_official
from apps.dossiers.services.entries import lock_entry
from apps.dossiers.states import MOVES, EntryState
from apps.facilities.services.registering import COMPARE_FACILITIES
from apps.rounds.models import Round
from apps.rounds.services import require
from apps.rounds.states import Capability
from tieubieu.audit.services import record
from tieubieu.errors import DomainError, WrongState
from tieubieu.moves import move
from tieubieu.outbox.services import emit
from tieubieu.reasons import given_reason

WATCHED = frozenset({EntryState.SUBMITTED, EntryState.SUPPLEMENT, EntryState.ACCEPTED})


@transaction.atomic
def accept_entry(entry_id: UUID, *, actor: Person, seen: str = "") -> Entry:
    """Find the dossier in order and give the entry its code (mã số bình chọn, Phụ lục 4).

    `seen` is the stamp of the page on which the officer decided. Raises `WrongState` when the entry has moved on since,
    naming its state, who brought it there and when; `DomainError` naming every legal obstacle (`obstacles`). An entry
    that was reopened keeps the code it had.
    """
    entry, round = _decide(entry_id, "accept", seen)
    if why := obstacles(entry):
        raise DomainError(f"Chưa tiếp nhận được hồ sơ “{entry.name}”. {' '.join(why)}", obstacles=why)
    entry.code = entry.code or next_code(round)
    entry.save(update_fields=["state", "code", "reason"])
    record(EntryEvent.ACCEPTED, entry, actor=actor, code=entry.code)
    emit(COMPARE_FACILITIES, facility_ids=[entry.facility_id])
    text = f"Hồ sơ “{entry.name}” đã được tiếp nhận, mã số bình chọn {entry.code}."
    tell_facility(entry, subject=f"Hồ sơ hợp lệ: {entry.name}", text=f"{text} Hồ sơ sẽ được Ban Giám khảo chấm điểm.")
    return entry


@transaction.atomic
def refuse_entry(entry_id: UUID, *, reason: str, actor: Person, seen: str = "") -> Entry:
    """Find the dossier not eligible; the reason is told to the facility. Raises as `accept_entry` does."""
    words = given_reason(reason, "Cần ghi rõ lý do hồ sơ không hợp lệ để báo cho cơ sở.")
    entry, _ = _decide(entry_id, "refuse", seen)
    entry.reason = words
    entry.save(update_fields=["state", "reason"])
    record(EntryEvent.REFUSED, entry, actor=actor, reason=words)
    text = f"Hồ sơ “{entry.name}” được kết luận không hợp lệ.\n\nLý do: {words}"
    tell_facility(entry, subject=f"Hồ sơ không hợp lệ: {entry.name}", text=text)
    return entry


@transaction.atomic
def reopen_entry(entry_id: UUID, *, reason: str, actor: Person, seen: str = "") -> Entry:
    """Take a conclusion back while the round still screens; the facility is told why."""
    words = given_reason(reason, "Cần ghi lý do mở lại kết luận.")
    entry, _ = _decide(entry_id, "reopen", seen)
    if entry.members.exists():
        raise DomainError("Đây là bộ sản phẩm do gộp; hãy tách bộ rồi xem lại từng hồ sơ.")
    entry.save(update_fields=["state", "reason"])
    record(ScreeningEvent.REOPENED, entry, actor=actor, reason=words)
    text = (
        f"Kết luận trước đây về hồ sơ “{entry.name}” đã được rút lại; hồ sơ đang được kiểm tra tiếp.\n\nLý do: {words}"
    )
    tell_facility(entry, subject=f"Hồ sơ được xem lại: {entry.name}", text=text)
    return entry


@transaction.atomic
def assign_entry(entry_id: UUID, *, officer: Person | None, actor: Person) -> Entry:
    """Name the person who screens the dossier, or nobody; who may be named is asked at the door."""
    entry, round = lock_entry(entry_id)
    require(round, Capability.SCREEN)
    if entry.state not in WATCHED:
        raise WrongState(last_word(entry))
    if entry.officer_id == (officer.pk if officer else None):
        return entry
    entry.officer = officer
    entry.save(update_fields=["officer"])
    record(ScreeningEvent.ASSIGNED, entry, actor=actor, officer=str(officer) if officer else "")
    if officer != actor:
        text = f"{actor} giao hồ sơ “{entry.name}” của {entry.facility}."
        tell_official(officer, entry, subject=f"Được giao kiểm tra: {entry.name}", text=text)
    return entry


def next_code(round: Round) -> str:
    """The round is locked by the caller, so the book is too."""
    book, _ = CodeBook.objects.get_or_create(round=round)
    book.last += 1
    book.save(update_fields=["last"])
    return f"{round.code}-{book.last:03d}"


def require_seen(entry: Entry, seen: str) -> None:
    """Raise `WrongState` when the entry is not as the page showed it."""
    if seen and seen != stamp_of(entry):
        raise WrongState(f"{last_word(entry)} Trang vừa dùng đã cũ nên không có gì thay đổi.", state=entry.state)


def _decide(entry_id: UUID, verb: str, seen: str) -> tuple[Entry, Round]:
    """The locked entry with its new state and no reason, not saved yet."""
    entry, round = lock_entry(entry_id)
    require(round, Capability.SCREEN)
    require_seen(entry, seen)
    if entry.state not in MOVES[verb][0]:
        raise WrongState(last_word(entry), state=entry.state)
    move(entry, verb, MOVES, field="state")
    entry.reason = ""
    return entry, round
