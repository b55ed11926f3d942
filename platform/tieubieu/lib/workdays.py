"""Working days as the clocks of the law count them. Pure: the calendar is given, never looked up.

Which day counts first: a period "of n working days from" an event does not count the day of the event itself; the
first working day after it is day 1, and the period ends with the end of day n. So does Điều 147 of the Civil Code
2015 ("khi thời hạn được xác định bằng ngày … thì ngày đầu tiên của thời hạn không được tính").
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
SATURDAY = 5


class OutsideCalendar(ValueError):
    """The count runs past the days that the calendar knows; `str()` says in Vietnamese which year is missing."""


@dataclass(frozen=True)
class WorkingCalendar:
    """Days off besides weekends, and weekend days that are worked in exchange.

    `known_from` and `known_until` (both included) bound what the calendar can answer; None leaves that side open.
    A day in both sets is worked: an exchange is decided later than the holiday it moves.
    """

    days_off: frozenset[date] = frozenset()
    worked_weekends: frozenset[date] = frozenset()
    known_from: date | None = None
    known_until: date | None = None

    @classmethod
    def of(
        cls,
        days_off: Iterable[date] = (),
        worked_weekends: Iterable[date] = (),
        *,
        known_from: date | None = None,
        known_until: date | None = None,
    ) -> "WorkingCalendar":
        return cls(frozenset(days_off), frozenset(worked_weekends), known_from, known_until)

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on `day`; raises `OutsideCalendar` for a day the calendar does not know."""
        self._require_known(day)
        if day in self.worked_weekends:
            return True
        return day.weekday() < SATURDAY and day not in self.days_off

    def _require_known(self, day: date) -> None:
        too_early = self.known_from is not None and day < self.known_from
        too_late = self.known_until is not None and day > self.known_until
        if too_early or too_late:
            raise OutsideCalendar(f"Chưa có lịch nghỉ của năm {day.year}; xin nhập lịch nghỉ trước khi tính thời hạn.")


def add_working_days(start: date, count: int, calendar: WorkingCalendar) -> date:
    """The last day of a period of `count` working days from `start`; `start` is not counted.

    `count` 0 gives `start` itself, whether it is worked or not. Raises `ValueError` for a negative count and
    `OutsideCalendar` when the calendar ends first.
    """
    if count < 0:
        raise ValueError("a period has no negative number of days")
    day = start
    while count:
        day += ONE_DAY
        count -= calendar.is_working_day(day)
    return day


def working_days_between(start: date, end: date, calendar: WorkingCalendar) -> int:
    """How many working days lie after `start` up to and including `end`; 0 when `end` is not after `start`."""
    span = range(1, (end - start).days + 1)
    return sum(calendar.is_working_day(start + ONE_DAY * step) for step in span)


def next_working_day(day: date, calendar: WorkingCalendar) -> date:
    """`day` if it is worked, else the first working day after it."""
    while not calendar.is_working_day(day):
        day += ONE_DAY
    return day
