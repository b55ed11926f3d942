"""Clocks of the law over weekends, Tết and exchanged days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tieubieu.lib.workdays import (
    OutsideCalendar,
    WorkingCalendar,
    add_working_days,
    next_working_day,
    working_days_between,
)

PLAIN = WorkingCalendar()
NATIONAL_DAY = WorkingCalendar.of(
    days_off=[date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 2)], worked_weekends=[date(2026, 8, 22)]
)


def test_the_day_of_the_notice_is_not_counted() -> None:
    monday = date(2026, 11, 2)

    assert add_working_days(monday, 1, PLAIN) == date(2026, 11, 3)


def test_fifteen_working_days_are_three_weeks() -> None:
    assert add_working_days(date(2026, 11, 2), 15, PLAIN) == date(2026, 11, 23)


@pytest.mark.parametrize("weekend", [date(2026, 11, 7), date(2026, 11, 8)])
def test_a_notice_on_a_weekend_starts_on_monday(weekend: date) -> None:
    assert add_working_days(weekend, 1, PLAIN) == date(2026, 11, 9)


def test_an_exchanged_saturday_is_worked_and_the_holiday_is_not() -> None:
    friday = date(2026, 8, 21)

    assert add_working_days(friday, 1, NATIONAL_DAY) == date(2026, 8, 22)
    assert add_working_days(friday, 6, NATIONAL_DAY) == date(2026, 8, 28)
    assert add_working_days(friday, 7, NATIONAL_DAY) == date(2026, 9, 3)


def test_a_day_both_off_and_exchanged_is_worked() -> None:
    day = date(2026, 11, 7)

    assert WorkingCalendar.of([day], [day]).is_working_day(day)


def test_no_days_is_the_day_itself() -> None:
    assert add_working_days(date(2026, 11, 7), 0, PLAIN) == date(2026, 11, 7)


def test_a_negative_period_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        add_working_days(date(2026, 11, 7), -1, PLAIN)


def test_counting_past_the_known_days_is_refused_rather_than_guessed() -> None:
    calendar = WorkingCalendar.of(known_from=date(2026, 1, 1), known_until=date(2026, 12, 31))

    with pytest.raises(OutsideCalendar, match="2027"):
        add_working_days(date(2026, 12, 28), 10, calendar)
    with pytest.raises(OutsideCalendar, match="2025"):
        calendar.is_working_day(date(2025, 12, 31))


def test_a_deadline_on_a_holiday_moves_to_the_next_working_day() -> None:
    assert next_working_day(date(2026, 8, 29), NATIONAL_DAY) == date(2026, 9, 3)
    assert next_working_day(date(2026, 9, 3), NATIONAL_DAY) == date(2026, 9, 3)


def test_nothing_lies_between_a_day_and_an_earlier_one() -> None:
    assert working_days_between(date(2026, 11, 5), date(2026, 11, 2), PLAIN) == 0


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 60))
def test_adding_and_counting_agree(start: date, count: int) -> None:
    end = add_working_days(start, count, NATIONAL_DAY)

    assert working_days_between(start, end, NATIONAL_DAY) == count
    assert NATIONAL_DAY.is_working_day(end)
