from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from tieubieu.ui import words


@pytest.mark.parametrize(
    ("given", "seen"),
    [
        (0, "0"),
        (1234.5, "1.234,5"),
        (Decimal("1234567.80"), "1.234.567,8"),
        (Decimal("0.1") + Decimal("0.2"), "0,3"),
        (Fraction(1, 3), "0,333333"),
        ("-1234", "−1.234"),
        (Decimal("1E+3"), "1.000"),
    ],
)
def test_a_number_is_written_with_all_its_digits(given, seen):
    assert words.number(given) == seen


@pytest.mark.parametrize(("given", "seen"), [("2.345", "2,35"), ("2.344", "2,34"), ("-2.345", "−2,35"), ("2", "2,00")])
def test_digits_asked_for_are_rounded_half_away_from_zero(given, seen):
    assert words.number(given, 2) == seen


def test_a_negative_that_rounds_to_nothing_has_no_sign():
    assert words.number("-0.001", 2) == "0,00"


@pytest.mark.parametrize(
    ("given", "seen"), [("81.5", "81,5"), ("70", "70"), ("81.25", "81,25"), ("244/3", "81,33"), ("69.996", "70,00")]
)
def test_a_score_is_rounded_only_when_it_has_more_digits(given, seen):
    assert words.score(given) == seen


@pytest.mark.parametrize(
    ("given", "seen"),
    [("69.996", "69,996"), ("70", "70"), ("70.001", "70,00"), ("244/3", "81,33"), ("69.9999999", "dưới 70")],
)
def test_a_score_is_seen_on_its_own_side_of_the_mark(given, seen):
    assert words.score_against(given, 70) == seen


def test_what_is_no_number_is_refused():
    with pytest.raises(ValueError, match="not a number"):
        words.exact("1/0")


def test_dates_and_times_are_written_as_in_official_letters():
    when = datetime(2025, 1, 5, 14, 5)  # noqa: DTZ001  (wording only)
    assert (words.day(when), words.hour(when), words.moment(when)) == (
        "05/01/2025",
        "14 giờ 05",
        "14 giờ 05, ngày 05/01/2025",
    )


@pytest.mark.parametrize(("until", "seen"), [(8, "còn 3 ngày"), (5, "hôm nay là hạn cuối"), (3, "quá hạn 2 ngày")])
def test_days_left_are_told_in_words(until, seen):
    assert words.days_left(date(2025, 1, until), date(2025, 1, 5)) == seen


def test_a_share_is_a_percentage():
    assert words.percent("1/3") == "33,3%"
    assert words.percent(Decimal("0.125")) == "12,5%"
