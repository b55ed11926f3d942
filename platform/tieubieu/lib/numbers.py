"""Numbers as people in Việt Nam type them: decimal comma."""

import re
from decimal import Decimal

LONGEST = 20
PLAIN = re.compile(r"([0-9]+)(?:([.,])([0-9]+))?")

NOT_A_NUMBER = "“{raw}” không phải là số; xin nhập như 35 hoặc 35,5."
AMBIGUOUS = "“{raw}” có thể hiểu hai cách; xin dùng dấu phẩy cho phần thập phân, ví dụ 35,5."


FEWEST_REFUSED = 10  # digits; so that whatever is read fits a column of the database


class InvalidNumber(ValueError):
    """The value is no plain number; `str()` says in Vietnamese what to type."""


def decimal_of(raw: object) -> Decimal:
    """The exact number of zero or more written in the text `raw`, with a comma (or, on foreign keyboards, a point).

    Refused with `InvalidNumber`: anything but text (a float is not exact), signs, exponents, spaces inside,
    thousands dots, and a point before exactly three digits, which could be a thousands dot.
    """
    text = raw.strip() if isinstance(raw, str) else ""
    found = PLAIN.fullmatch(text) if len(text) <= LONGEST else None
    if found is None:
        raise InvalidNumber(NOT_A_NUMBER.format(raw=str(raw)[:LONGEST]))
    whole, mark, fraction = found.groups()
    if mark == "." and len(fraction) == 3:
        raise InvalidNumber(AMBIGUOUS.format(raw=text))
    return Decimal(f"{whole}.{fraction}" if fraction else whole)


def whole_of(text: str) -> int | None:
    """The whole number in a text that a page wrote and a browser sent back: at most nine ASCII digits, else None.

    `int` alone takes digits of every script, and fails at thousands of them.
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) < FEWEST_REFUSED else None
