"""Telephone numbers of Việt Nam in the one form to store and to compare: digits from 0 on."""

import re

SEPARATORS = re.compile(r"[\s.\-()\u2010-\u2015\u2212]+")
# Ten digits for a mobile (03, 05, 07, 08, 09), ten or eleven for a landline (02 and the area); 1900 and 1800 serve.
SHAPE = re.compile(r"0[35789]\d{8}|02\d{8,9}|1[89]00\d{4,6}")

NOT_A_PHONE = "Số điện thoại “{raw}” không đúng dạng; xin nhập 10 chữ số, ví dụ 0905 123 456."
LONGEST_SHOWN = 30


class InvalidPhone(ValueError):
    """The text is no telephone number of Việt Nam; `str()` says in Vietnamese what to type."""


def normal_phone(raw: str) -> str:
    """`+84 905 123 456` and `0905.123.456` give `0905123456`; raises `InvalidPhone`."""
    digits = SEPARATORS.sub("", raw)
    digits = re.sub(r"^(\+84|0084|84(?=\d{9}))0?", "0", digits)
    if not SHAPE.fullmatch(digits):
        raise InvalidPhone(NOT_A_PHONE.format(raw=raw[:LONGEST_SHOWN]))
    return digits


def shown_phone(digits: str) -> str:
    """`0905 123 456`: as people read it out; what is no normal number stays as it is."""
    if re.fullmatch(r"0\d{9}", digits):
        return f"{digits[:4]} {digits[4:7]} {digits[7:]}"
    return digits
