"""Numbers as people in Việt Nam write them: decimal comma, thousands dot."""

import re
from decimal import Decimal

LONGEST = 20
PLAIN = re.compile(r"([0-9]+)(?:([.,])([0-9]+))?")

NOT_A_NUMBER = "“{raw}” không phải là số; xin nhập như 35 hoặc 35,5."
AMBIGUOUS = "“{raw}” có thể hiểu hai cách; xin dùng dấu phẩy cho phần thập phân, ví dụ 35,5."


class NotADecimal(ValueError):
    """The text is no plain number; `str()` says in Vietnamese what to type."""


def parse_decimal(raw: str) -> Decimal:
    """The exact number of zero or more written in `raw`, with a comma (or, on foreign keyboards, a point).

    Refused with `NotADecimal`: signs, exponents, spaces inside, thousands dots, and a point before exactly three
    digits, which could be a thousands dot.
    """
    text = raw.strip()
    found = PLAIN.fullmatch(text) if len(text) <= LONGEST else None
    if found is None:
        raise NotADecimal(NOT_A_NUMBER.format(raw=text[:LONGEST]))
    whole, mark, fraction = found.groups()
    if mark == "." and len(fraction) == 3:
        raise NotADecimal(AMBIGUOUS.format(raw=text))
    return Decimal(f"{whole}.{fraction}" if fraction else whole)


def show_decimal(value: Decimal) -> str:
    """The number with a decimal comma and no idle zeros: `81.50` as `81,5`. Nothing is rounded."""
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
