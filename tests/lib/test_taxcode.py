"""Tax codes as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tieubieu.lib.taxcode import InvalidTaxCode, TaxCode, TaxCodeKind, check, check_digit

REAL = ["0100233488", "0314409058", "0100112437", "0312687878", "0101248141", "0300588569"]


@pytest.mark.parametrize("code", REAL)
def test_codes_in_use_pass_without_a_warning(code: str) -> None:
    assert check(code) == TaxCode(code, TaxCodeKind.INDEPENDENT)


@pytest.mark.parametrize(
    "raw", ["0100112437001", "0100112437-001", " 0100112437 - 001 ", "0100112437–001", "010 011 2437 001"]
)
def test_a_dependent_unit_has_one_normal_form(raw: str) -> None:
    assert check(raw) == TaxCode("0100112437-001", TaxCodeKind.DEPENDENT)


def test_a_personal_number_is_a_tax_code() -> None:
    assert check("066085001234") == TaxCode("066085001234", TaxCodeKind.PERSONAL)


def test_an_odd_personal_number_only_warns() -> None:
    assert "đối chiếu" in (check("999085001234").warning or "")


def test_a_wrong_check_digit_only_warns() -> None:
    odd = check("0100112438")

    assert odd.normal == "0100112438"
    assert "0100112438" in (odd.warning or "")


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("", "Chưa nhập"),
        ("   ", "Chưa nhập"),
        ("01001124", "có 8 chữ số"),
        ("01001124371", "có 11 chữ số"),
        ("01001124370012", "có 14 chữ số"),
        ("01001124A7", "chỉ gồm chữ số"),
        ("０１００１１２４３７", "chỉ gồm chữ số"),
        ("01001-12437", "gạch nối"),
        ("-0100112437", "gạch nối"),
        ("0100112437-", "gạch nối"),
        ("0100112437--001", "gạch nối"),
        ("066085001-234", "gạch nối"),
        ("0100000001", "toàn số 0"),
        ("0100112437-000", "001 đến 999"),
    ],
)
def test_what_cannot_be_a_code_is_refused_with_the_reason(raw: str, reason: str) -> None:
    with pytest.raises(InvalidTaxCode, match=reason):
        check(raw)


@given(st.text(alphabet="0123456789", min_size=9, max_size=9))
def test_a_check_digit_is_one_digit_or_none(nine: str) -> None:
    digit = check_digit(nine)

    assert digit is None or 0 <= digit <= 9


@given(st.text(alphabet="0123456789- ", max_size=20))
def test_a_normal_form_is_its_own_normal_form(raw: str) -> None:
    try:
        code = check(raw)
    except InvalidTaxCode:
        return

    assert check(code.normal) == code
