"""Tax codes of facilities: 10 digits, 13 digits for a dependent unit, or a 12-digit personal number.

An enterprise's, cooperative's or dependent unit's registration number is its tax code (Điều 5 TT 105/2020/TT-BTC;
TT 86/2024/TT-BTC lets household businesses use the owner's 12-digit personal number from 01/07/2025). The check
digit of old household codes is not reliable, so a wrong one warns and does not refuse.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
SPACES = re.compile(r"\s+")
DASHES = re.compile("[\u2010-\u2015\u2212]")
SHAPE = re.compile(r"([0-9]{10})(?:-?([0-9]{3}))?|([0-9]{12})")

EMPTY = "Chưa nhập mã số thuế."
NOT_DIGITS = "Mã số thuế chỉ gồm chữ số; mã 13 số có thể có dấu gạch nối trước 3 số cuối, ví dụ 0100112437-001."
WRONG_LENGTH = "Mã số thuế phải có 10, 12 hoặc 13 chữ số; mã đã nhập có {count} chữ số."
WRONG_HYPHEN = "Dấu gạch nối chỉ được đứng giữa 10 số đầu và 3 số cuối, ví dụ 0100112437-001."
NO_SERIAL = "Mã số thuế có phần số thứ tự toàn số 0 nên không tồn tại."
NO_UNIT = "Ba số cuối của mã đơn vị phụ thuộc phải từ 001 đến 999."
WRONG_DIGIT = "Chữ số kiểm tra (số thứ 10) của mã {code} không khớp; xin đối chiếu với giấy đăng ký rồi vẫn có thể lưu."
ODD_PERSONAL = "Mã {code} không bắt đầu bằng mã nơi đăng ký khai sinh từ 001 đến 096; xin đối chiếu rồi vẫn có thể lưu."


class TaxCodeKind(StrEnum):
    INDEPENDENT = "independent"
    DEPENDENT = "dependent"
    PERSONAL = "personal"


@dataclass(frozen=True)
class TaxCode:
    """`normal` is the one form to store (13 digits as 10-3); `warning` is Vietnamese, or None when nothing is odd."""

    normal: str
    kind: TaxCodeKind
    warning: str | None = None


class InvalidTaxCode(ValueError):
    """The text cannot be a tax code; `str()` says in Vietnamese what to correct."""


def check(raw: str) -> TaxCode:
    """Read a tax code as people write it, with spaces or with any dash; raises `InvalidTaxCode`."""
    text = DASHES.sub("-", SPACES.sub("", raw))
    found = SHAPE.fullmatch(text)
    if found is None:
        raise InvalidTaxCode(_what_is_wrong(text))
    base, unit, personal = found.groups()
    return _personal(personal) if personal else _enterprise(base, unit)


def check_digit(nine: str) -> int | None:
    """The tenth digit that belongs to the first nine; None when no code can begin with them."""
    digit = 10 - sum(int(n) * weight for n, weight in zip(nine, WEIGHTS, strict=True)) % 11
    return None if digit == 10 else digit


def _enterprise(base: str, unit: str | None) -> TaxCode:
    if base[2:9] == "0000000":
        raise InvalidTaxCode(NO_SERIAL)
    if unit == "000":
        raise InvalidTaxCode(NO_UNIT)
    warning = None if str(check_digit(base[:9])) == base[9] else WRONG_DIGIT.format(code=base)
    if unit is None:
        return TaxCode(base, TaxCodeKind.INDEPENDENT, warning)
    return TaxCode(f"{base}-{unit}", TaxCodeKind.DEPENDENT, warning)


def _personal(number: str) -> TaxCode:
    warning = None if 1 <= int(number[:3]) <= 96 else ODD_PERSONAL.format(code=number)
    return TaxCode(number, TaxCodeKind.PERSONAL, warning)


def _what_is_wrong(text: str) -> str:
    if not text:
        return EMPTY
    digits = text.replace("-", "")
    if not re.fullmatch("[0-9]+", digits):
        return NOT_DIGITS
    return WRONG_HYPHEN if len(digits) in (10, 12, 13) else WRONG_LENGTH.format(count=len(digits))
