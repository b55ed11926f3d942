"""Numbers with a decimal comma."""

from decimal import Decimal

import pytest

from tieubieu.lib.numbers import InvalidNumber, decimal_of, whole_of


@pytest.mark.parametrize(
    ("raw", "value"),
    [("81,5", "81.5"), ("81.5", "81.5"), (" 70 ", "70"), ("0", "0"), ("069,90", "69.90"), ("1,125", "1.125")],
)
def test_a_comma_or_a_point_marks_the_decimals(raw: str, value: str) -> None:
    assert decimal_of(raw) == Decimal(value)


@pytest.mark.parametrize(
    "raw",
    ["", "1e2", "1E+2", "-1", "+1", "NaN", "Infinity", "1.000,5", "1,2,3", "8 1", ",5", "5,", "８１", "1_0", "9" * 21],
)
def test_anything_but_a_plain_number_is_refused(raw: str) -> None:
    with pytest.raises(InvalidNumber, match="không phải là số"):
        decimal_of(raw)


def test_what_could_be_a_thousands_dot_is_not_guessed() -> None:
    with pytest.raises(InvalidNumber, match="hai cách"):
        decimal_of("1.000")


@pytest.mark.parametrize("raw", [35.5, 35, None, ["35"]])
def test_only_text_is_read(raw: object) -> None:
    with pytest.raises(InvalidNumber):
        decimal_of(raw)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *[("0", 0), ("007", 7), ("999999999", 999_999_999)],
        *[(text, None) for text in ("", "-1", "1.0", " 1", "٣", "²", "9" * 10, "9" * 5000)],
    ],
)
def test_a_whole_number_of_a_page_is_read_or_none(text, number):
    assert whole_of(text) == number
