"""A whole schedule from one day, and what is odd about a schedule. Pure: the calendar is given."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from django.utils import timezone

from apps.rounds.models import Window, WindowKind
from apps.rounds.queries.days import evening_of, last_day, morning_of, touches
from tieubieu.lib.workdays import (
    ONE_DAY,
    OutsideCalendar,
    WorkingCalendar,
    add_working_days,
    next_working_day,
    working_days_between,
)

# Working days as provinces plan them, 3 to 6 months from notice to decision; the officer changes what differs.
NOTICE_DAYS, FILING_DAYS, SCREENING_DAYS, SUPPLEMENT_DAYS, SCORING_DAYS, COUNCIL_DAYS, DECISION_DAYS = (
    10, 30, 20, 15, 15, 5, 15,
)  # fmt: skip
# What follows what: the next may begin only when the one before has ended.
CHAIN = (WindowKind.FILING, WindowKind.SCREENING, WindowKind.SCORING, WindowKind.COUNCIL)


@dataclass(frozen=True)
class Span:
    """From the first moment to the moment it closes. `closes_at` None: the law says when."""

    opens_at: datetime
    closes_at: datetime | None


def proposed(start: date, days: WorkingCalendar) -> dict[WindowKind, Span]:
    """All windows in working days from the first working day at or after `start`; raises `OutsideCalendar`."""
    notice = _span(start, NOTICE_DAYS, days)
    filing = _span(start, NOTICE_DAYS + FILING_DAYS, days)
    screening = _span(_after(filing), SCREENING_DAYS, days)
    scoring = _span(_after(screening), SCORING_DAYS, days)
    council = _span(_after(scoring), COUNCIL_DAYS, days)
    told_on = next_working_day(add_working_days(_after(council), DECISION_DAYS, days), days)
    return {
        WindowKind.ANNOUNCE: notice,
        WindowKind.FILING: filing,
        WindowKind.SUPPLEMENT: _span(_after(filing), SUPPLEMENT_DAYS, days),
        WindowKind.SCREENING: screening,
        WindowKind.SCORING: scoring,
        WindowKind.COUNCIL: council,
        WindowKind.COMPLAINT: Span(morning_of(told_on), None),
    }


def shifted(windows: Iterable[Window], start: date, days: WorkingCalendar) -> dict[WindowKind, Span]:
    """Another round's windows as if it began on `start`: the same order, gaps and lengths in working days.

    The calendar has to know the old days and the new ones; hours stay as they were.
    """
    old = list(windows)
    if not old:
        return {}
    begin, first = timezone.localdate(min(window.opens_at for window in old)), next_working_day(start, days)
    moved = {}
    for window in old:
        opens_on = timezone.localdate(window.opens_at)
        new_open = next_working_day(add_working_days(first, working_days_between(begin, opens_on, days), days), days)
        length = working_days_between(opens_on, last_day(window.closes_at), days)
        new_close = add_working_days(new_open, length, days)
        opens_at, closes_at = window.opens_at, window.closes_at
        moved[WindowKind(window.kind)] = Span(
            _same_hour(opens_at, new_open - opens_on),
            None if window.kind == WindowKind.COMPLAINT else _same_hour(closes_at, new_close - last_day(closes_at)),
        )
    return moved


def advice(windows: Iterable[Window], days: WorkingCalendar, provisional: Iterable[date] = ()) -> dict[str, list[str]]:
    """What an officer should look at again, by the kind of window; nothing here forbids anything."""
    by_kind = {window.kind: window for window in windows}
    expected = frozenset(provisional)
    found = {kind: _of_one(window, days, expected) for kind, window in by_kind.items()}
    for before, after in pairwise(CHAIN):
        if before in by_kind and after in by_kind:
            found[after] += _between(by_kind[before], by_kind[after], days)
    for kind, sentence in _beside(by_kind):
        found[kind].append(sentence)
    return found


def working_length(window: Window, days: WorkingCalendar) -> int | None:
    """How many working days the window touches, not the day of the notice; None past the days that are known."""
    first = timezone.localdate(window.opens_at)
    try:
        return working_days_between(
            first if window.kind == WindowKind.COMPLAINT else first - ONE_DAY, last_day(window.closes_at), days
        )
    except OutsideCalendar:
        return None


def _span(start: date, count: int, days: WorkingCalendar) -> Span:
    first = next_working_day(start, days)
    return Span(morning_of(first), evening_of(add_working_days(first, count - 1, days)))


def _after(span: Span) -> date:
    assert span.closes_at is not None
    return last_day(span.closes_at) + ONE_DAY


def _same_hour(moment: datetime, by: timedelta) -> datetime:
    local = timezone.localtime(moment)
    return timezone.make_aware(local.replace(tzinfo=None) + by)


def _of_one(window: Window, days: WorkingCalendar, expected: frozenset[date]) -> list[str]:
    first, last = timezone.localdate(window.opens_at), last_day(window.closes_at)
    try:
        found = [
            f"{word} rơi vào ngày nghỉ {day:%d/%m/%Y}."
            for word, day in (("Ngày mở", first), ("Ngày đóng", last))
            if not days.is_working_day(day)
        ]
    except OutsideCalendar as unknown:
        return [str(unknown)]
    if touches(first, last, expected):
        found.append("Có ngày nghỉ mới là dự kiến; xin xem lại khi có thông báo chính thức.")
    return found


def _between(before: Window, after: Window, days: WorkingCalendar) -> list[str]:
    name = WindowKind(before.kind).within_a_sentence
    if after.opens_at < before.closes_at:
        return [f"Mở trước khi xong việc {name}."]
    try:
        gap = working_days_between(last_day(before.closes_at), timezone.localdate(after.opens_at), days) - 1
    except OutsideCalendar:
        return []
    return [f"Để trống {gap} ngày làm việc sau việc {name}."] if gap > 0 else []


def _beside(by_kind: Mapping[str, Window]) -> list[tuple[str, str]]:
    notice, filing = by_kind.get(WindowKind.ANNOUNCE), by_kind.get(WindowKind.FILING)
    supplement, screening = by_kind.get(WindowKind.SUPPLEMENT), by_kind.get(WindowKind.SCREENING)
    council, complaint = by_kind.get(WindowKind.COUNCIL), by_kind.get(WindowKind.COMPLAINT)
    odd: list[tuple[str, str]] = []
    if notice and filing and filing.opens_at < notice.opens_at:
        odd.append((WindowKind.FILING, "Nhận hồ sơ trước khi thông báo."))
    if supplement and screening and supplement.closes_at > screening.closes_at:
        odd.append((WindowKind.SUPPLEMENT, "Kéo dài quá thời gian kiểm tra hồ sơ."))
    if council and complaint and complaint.opens_at < council.closes_at:
        odd.append((WindowKind.COMPLAINT, "Bắt đầu trước khi Hội đồng họp xong."))
    return odd
