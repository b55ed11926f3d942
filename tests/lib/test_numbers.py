"""Numbers with a decimal comma."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tieubieu.lib.numbers import NotADecimal, parse_decimal, show_decimal


@pytest.mark.parametrize(
    ("raw", "value"),
    [("81,5", "81.5"), ("81.5", "81.5"), (" 70 ", "70"), ("0", "0"), ("069,90", "69.90"), ("1,125", "1.125")],
)
def test_a_comma_or_a_point_marks_the_decimals(raw: str, value: str) -> None:
    assert parse_decimal(raw) == Decimal(value)


@pytest.mark.parametrize(
    "raw",
    ["", "1e2", "1E+2", "-1", "+1", "NaN", "Infinity", "1.000,5", "1,2,3", "8 1", ",5", "5,", "８１", "1_0", "9" * 21],
)
def test_anything_but_a_plain_number_is_refused(raw: str) -> None:
    with pytest.raises(NotADecimal, match="không phải là số"):
        parse_decimal(raw)


def test_what_could_be_a_thousands_dot_is_not_guessed() -> None:
    with pytest.raises(NotADecimal, match="hai cách"):
        parse_decimal("1.000")


@pytest.mark.parametrize(("value", "shown"), [("81.50", "81,5"), ("70", "70"), ("100", "100"), ("0.10", "0,1")])
def test_numbers_are_shown_with_a_comma_and_without_idle_zeros(value: str, shown: str) -> None:
    assert show_decimal(Decimal(value)) == shown


@given(st.decimals(min_value=0, max_value=100, places=2))
def test_what_is_shown_can_be_read_again(value: Decimal) -> None:
    assert parse_decimal(show_decimal(value)) == value
