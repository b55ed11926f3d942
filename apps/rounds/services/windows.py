"""Windows: set and moved by a decision, opened and closed by the database's clock."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import Person
from apps.rounds.events import RoundEvent
from apps.rounds.models import Round, Window, WindowChange, WindowKind
from apps.rounds.queries.days import end_of, working_calendar
from apps.rounds.queries.windows import filing_grace, window_of
from apps.rounds.services.locking import lock_round
from apps.rounds.services.telling import tell_of_change
from apps.rounds.states import MOVED_BY_DOCUMENT, is_filing_reopenable, is_movable
from tieubieu.audit.services import record
from tieubieu.errors import DomainError, WrongState
from tieubieu.lib.phones import shown_phone
from tieubieu.lib.text import nfc
from tieubieu.lib.workdays import OutsideCalendar, add_working_days
from tieubieu.moments import transaction_time
from tieubieu.ui.words import deadline, moment

COMPLAINT_DAYS = 15  # what the law says while a round has no frozen rules yet


class WindowClosed(WrongState):
    """The clock, not a decision, stands in the way; the message says since or until when, and whom to call."""

    code = "window_closed"


class PromiseShortened(DomainError):
    """The change takes back time that people may count on, and nobody has confirmed that."""

    code = "promise_shortened"


class DocumentMissing(DomainError):
    """The window was announced to every facility; only a signed document moves it."""

    code = "document_missing"


@dataclass(frozen=True)
class Times:
    """What a window says: from when, until when, and who answers for it."""

    opens_at: datetime
    closes_at: datetime
    officer: Person | None


@dataclass(frozen=True)
class Grounds:
    """Why a window moves: the reason that is told, and the signed document that decided it."""

    reason: str = ""
    document_number: str = ""
    document_on: date | None = None


NO_GROUNDS = Grounds()


def require_window(round: Round, kind: str) -> datetime:
    """Raise `WindowClosed` (409) unless the round's window of this kind is open; returns the moment that decided.

    The window is half-open: open at `opens_at`, closed at `closes_at`. Filing is taken for the grace minutes of the
    frozen rules longer. The moment is the database's at the begin of the caller's transaction: whoever came in time
    is in time, however long the row lock took. Store that moment as the time of the act (`submitted_at`), not a
    later one. The phase is another question: ask `require(round, Capability.FILE)` as well.
    """
    window, now = window_of(round, kind), transaction_time()
    what = WindowKind(kind).within_a_sentence
    if window is None:
        raise WindowClosed(f"Kỳ bình chọn chưa đặt thời gian {what}.", kind=kind)
    if now < window.opens_at:
        raise WindowClosed(f"Chưa đến thời gian {what}: mở lúc {_moment(window.opens_at)}.{_call(window)}", kind=kind)
    closes_at = window.closes_at + filing_grace(round) if kind == WindowKind.FILING else window.closes_at
    if now >= closes_at:
        told = deadline(timezone.localtime(window.closes_at))
        raise WindowClosed(
            f"Thời gian {what} đã kết thúc vào {told}.{_call(window)}", kind=kind, closed_at=closes_at.isoformat()
        )
    return now


@transaction.atomic
def set_window(
    round_id: UUID,
    kind: str,
    *,
    opens_at: datetime,
    officer: Person | None,
    actor: Person,
    closes_at: datetime | None = None,
    grounds: Grounds = NO_GROUNDS,
    is_shortening_confirmed: bool = False,
) -> Window:
    """Set or move one window; every change is kept, and setting the same again changes nothing.

    The complaint window lasts the legal working days from the day of the notice (Điều 20 TT 26/2014/TT-BCT), so its
    `closes_at` is computed. While the round runs a reason is needed, for what was announced to the facilities a
    document too, and `PromiseShortened` is raised for time taken back without confirmation. Raises `WrongState` once
    the work of the window is done.
    """
    round = lock_round(round_id)
    _require_movable(round, kind)
    if kind == WindowKind.COMPLAINT:
        closes_at = complaint_end(round, opens_at)
    if closes_at is None or closes_at <= opens_at:
        raise DomainError("Thời điểm đóng phải sau thời điểm mở.")
    window = round.windows.select_for_update(no_key=True).filter(kind=kind).first() or Window(round=round, kind=kind)
    wanted = Times(opens_at, closes_at, officer)
    if _says(window) == wanted:
        return window
    if round.is_running and not window._state.adding:
        _guard_promise(window, wanted, grounds, is_confirmed=is_shortening_confirmed)
    return write_window(window, wanted, grounds, actor)


def complaint_end(round: Round, told_at: datetime) -> datetime:
    """The end of the last working day for a complaint about a result told at `told_at` (khoản 1 Điều 20)."""
    day = timezone.localdate(told_at)
    clocks: dict[str, Any] = round.rules.get("clocks", {})
    count = clocks.get("complaint_filing", {}).get("working_days", COMPLAINT_DAYS)
    try:
        return end_of(add_working_days(day, count, working_calendar(day)))
    except OutsideCalendar as unknown:
        raise DomainError(str(unknown)) from unknown


def start_complaints(round: Round, actor: Person | None) -> None:
    """The result was told: the legal time for complaints begins now, planned or not (khoản 1 Điều 20). The caller
    holds the round's lock."""
    if actor is None:
        return
    window = window_of(round, WindowKind.COMPLAINT)
    window = window or Window(round=round, kind=WindowKind.COMPLAINT, officer=round.officer)
    told_at = transaction_time()
    try:
        closes_at = complaint_end(round, told_at)
    except DomainError:
        return  # the days of next year are not known yet; what was planned stays until somebody sets it
    write_window(window, Times(told_at, closes_at, window.officer), Grounds("Công bố kết quả"), actor)


def _require_movable(round: Round, kind: str) -> None:
    if kind not in WindowKind.values:
        raise DomainError(f"Không có thời hạn nào tên là “{kind}”.", kind=kind)
    if not is_movable(kind, round.phase):
        said = f"Việc {WindowKind(kind).within_a_sentence} của kỳ này đã xong; thời hạn giữ nguyên như đã thực hiện."
        is_filing = kind == WindowKind.FILING and is_filing_reopenable(round.phase)
        raise WrongState(f"{said} Muốn nhận thêm, xin mở lại nhận hồ sơ." if is_filing else said)


def require_grounds(kind: str, grounds: Grounds) -> None:
    """Raise a `DomainError` unless it is said why, `DocumentMissing` where facilities were told and none decided it."""
    if not grounds.reason.strip():
        raise DomainError("Kỳ bình chọn đang diễn ra: cần ghi lý do đổi thời hạn để báo cho những người liên quan.")
    if kind in MOVED_BY_DOCUMENT and not (grounds.document_number.strip() and grounds.document_on):
        what = WindowKind(kind).within_a_sentence
        raise DocumentMissing(f"Thời gian {what} đã thông báo cho các cơ sở: cần số và ngày của văn bản thay đổi.")


def _guard_promise(window: Window, wanted: Times, grounds: Grounds, *, is_confirmed: bool) -> None:
    is_moved = (wanted.opens_at, wanted.closes_at) != (window.opens_at, window.closes_at)
    require_grounds(window.kind if is_moved else "", grounds)
    if is_confirmed or not shortens(window, wanted.opens_at, wanted.closes_at):
        return
    raise PromiseShortened(
        f"Thời hạn này đã thông báo từ {_moment(window.opens_at)} đến"
        f" {deadline(timezone.localtime(window.closes_at))}. Thời hạn mới ngắn hơn; cần xác nhận việc rút ngắn."
    )


def shortens(window: Window, opens_at: datetime, closes_at: datetime) -> bool:
    """Whether the new times take back time that the window has promised."""
    return opens_at > window.opens_at or closes_at < window.closes_at


def _says(window: Window) -> Times | None:
    return None if window._state.adding else Times(window.opens_at, window.closes_at, window.officer)


def write_window(window: Window, wanted: Times, grounds: Grounds, actor: Person) -> Window:
    """Write what was decided, keep what was, record it and tell; the caller holds the round's lock and has guarded."""
    before = _says(window)
    round = window.round
    change = WindowChange(
        window=window,
        opened_before=before.opens_at if before else None,
        closed_before=before.closes_at if before else None,
        responsible_before=window.responsible,
        opens_at=wanted.opens_at,
        closes_at=wanted.closes_at,
        responsible=wanted.officer.full_name if wanted.officer else "",
        reason=nfc(grounds.reason).strip(),
        document_number=nfc(grounds.document_number).strip(),
        document_on=grounds.document_on,
        changed_by=actor,
    )
    window.opens_at, window.closes_at, window.officer = wanted.opens_at, wanted.closes_at, wanted.officer
    window.responsible = change.responsible
    window.save()
    change.save(force_insert=True)
    record(
        RoundEvent.WINDOW_SET,
        round,
        actor=actor,
        kind=window.kind,
        opens=window.opens_at.isoformat(),
        closes=window.closes_at.isoformat(),
        responsible=window.responsible,
        reason=change.reason,
        document=change.document_number,
    )
    if round.is_running and before is not None:
        tell_of_change(change, before=before.officer)
    return window


def _moment(value: datetime) -> str:
    return moment(timezone.localtime(value))


def _call(window: Window) -> str:
    """Whom to call, when somebody is named."""
    officer = window.officer
    if officer is None:
        return ""
    phone = f", điện thoại {shown_phone(officer.phone)}" if officer.phone else ""
    return f" Cần hỏi, xin gọi {officer.full_name}{phone}."
