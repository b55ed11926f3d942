"""What may be typed into a field, how it is kept, and how it is shown.

Every value is kept as text: numbers as plain decimals, dates as ISO, choices and prose as they are. "" is no answer.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from apps.dossiers.fieldbook.fields import Field, Kind
from tieubieu.lib.numbers import InvalidNumber, decimal_of
from tieubieu.lib.phones import InvalidPhone, normal_phone, shown_phone
from tieubieu.lib.text import nfc
from tieubieu.ui import words

LONGEST_LINE, LONGEST_TEXT = 300, 5000
OLDEST_YEAR = 1800
MOST_DIGITS = 12
MOST_QUOTED = 40
YES, NO = "yes", "no"
GROUPED = re.compile(r"\d{1,3}([. ]\d{3}){2,}(,\d+)?")
TWO_WAYS = re.compile(r"(\d{1,3})\.(\d{3})")
PLAIN_FIGURE = re.compile(r"\d+(\.\d+)?")
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
TYPED_DATE = re.compile(r"(\d{1,2})[/.\-\s](\d{1,2})[/.\-\s](\d{4})")


class BadValue(ValueError):
    """What was typed cannot be kept as the answer; `str()` says in Vietnamese what to type."""


def read(field: Field, raw: str) -> str:
    """The answer as it is kept; "" for none. Raises `BadValue`."""
    typed = _clean(raw)
    return READERS[field.kind](field, typed) if typed else ""


def fault(field: Field, value: str) -> str:
    """What is wrong with an answer that is kept all the same, with what to type; "" for a good one and for none.

    An address to reach somebody is kept as it was typed, right or wrong, so that nobody types it again for one letter;
    a dossier is not filed with it.
    """
    check = CHECKS.get(field.kind)
    return check(value) if check and value else ""


def shown(field: Field, value: str) -> str:
    """The answer in words, with its unit: `1.200 triệu đồng`, `05/01/2025`, `Có`.

    Answers that a set joined from its members stay as they are.
    """
    if field.kind is Kind.YES_NO:
        return {YES: "Có", NO: "Không"}.get(value, value)
    if not field.kind.is_figure or not _is_figure(value):
        return text_of(field, value)
    return f"{words.number(value)} {field.unit}".strip()


def text_of(field: Field, value: str) -> str:
    """The answer as it stands in its box."""
    if field.kind.is_figure and _is_figure(value):
        return words.number(value).replace(".", "")
    if field.kind is Kind.DATE and ISO_DATE.fullmatch(value):
        return words.day(date.fromisoformat(value))
    return value


def _is_figure(value: str) -> bool:
    return PLAIN_FIGURE.fullmatch(value) is not None


def _clean(raw: str) -> str:
    """Text in NFC without what cannot be seen; pasted prose brings soft hyphens and zero-width blanks along."""
    lines = nfc(raw).replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(" " if char == "\t" else char for char in lines if _is_seen(char))
    return "\n".join(line.rstrip() for line in kept.split("\n")).strip()


def _is_seen(char: str) -> bool:
    return char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")


def _line(field: Field, typed: str) -> str:
    return _short_enough(" ".join(typed.split()), LONGEST_LINE)


def _prose(field: Field, typed: str) -> str:
    return _short_enough(typed, LONGEST_TEXT)


def _short_enough(text: str, most: int) -> str:
    if len(text) > most:
        raise BadValue(
            f"Nội dung dài {words.number(len(text))} chữ, nhiều nhất {words.number(most)}. Xin viết gọn lại."
        )
    return text


def _figure(field: Field, typed: str) -> str:
    bare = typed.replace("\u00a0", " ")
    if GROUPED.fullmatch(bare):
        bare = bare.replace(".", "").replace(" ", "")
    if two_ways := TWO_WAYS.fullmatch(bare):
        whole, part = two_ways.groups()
        raise BadValue(
            f"“{typed}” có thể hiểu hai cách. Xin nhập {whole}{part} nếu dấu chấm ngăn hàng nghìn,"
            f" hoặc {f'{whole},{part}'.rstrip('0').rstrip(',')} nếu là số lẻ."
        )
    try:
        return _plain(field, decimal_of(bare))
    except InvalidNumber as wrong:
        example = "35" if field.kind is Kind.WHOLE else "35 hoặc 35,5"
        raise BadValue(f"“{typed[:20]}” không phải là số. Xin chỉ nhập số, ví dụ {example}.") from wrong


def _plain(field: Field, figure: Decimal) -> str:
    if field.kind is Kind.WHOLE and figure != figure.to_integral_value():
        raise BadValue("Ô này là số nguyên. Xin nhập không có phần lẻ, ví dụ 35.")
    if len(str(int(figure))) > MOST_DIGITS:
        raise BadValue("Số quá lớn. Xin kiểm tra lại đơn vị tính.")
    return format(figure.normalize(), "f")


def _year(field: Field, typed: str) -> str:
    latest = date.today().year + 1  # noqa: DTZ011 - a limit against slips of the finger
    if not re.fullmatch(r"\d{4}", typed) or not OLDEST_YEAR <= int(typed) <= latest:
        raise BadValue("Xin nhập năm bằng bốn chữ số, ví dụ 2015.")
    return typed


def _date(field: Field, typed: str) -> str:
    found = TYPED_DATE.fullmatch(typed)
    if found is None:
        raise BadValue("Xin nhập đủ ngày, tháng, năm, ví dụ 05/01/2025.")
    day, month, year = (int(part) for part in found.groups())
    try:
        return date(year, month, day).isoformat()
    except ValueError as impossible:
        raise BadValue("Không có ngày này. Xin nhập ngày, tháng, năm, ví dụ 05/01/2025.") from impossible


def _choice(field: Field, typed: str) -> str:
    if typed not in field.choices:
        raise BadValue("Xin chọn một trong các ý đã nêu.")
    return typed


def _yes_no(field: Field, typed: str) -> str:
    if typed not in (YES, NO):
        raise BadValue("Xin chọn Có hoặc Không.")
    return typed


def _phone(field: Field, typed: str) -> str:
    line = _line(field, typed)
    try:
        return shown_phone(normal_phone(line))
    except InvalidPhone:
        return line


def _fault_of_email(value: str) -> str:
    try:
        validate_email(value)
    except ValidationError:
        return (
            f"“{value[:MOST_QUOTED]}” chưa đúng dạng thư điện tử. Xin ghi một địa chỉ, ví dụ cacaoeakar@gmail.com,"
            " không có dấu cách và dấu tiếng Việt."
        )
    return ""


def _fault_of_phone(value: str) -> str:
    try:
        normal_phone(value)
    except InvalidPhone as wrong:
        return str(wrong)
    return ""


CHECKS: dict[Kind, Callable[[str], str]] = {Kind.EMAIL: _fault_of_email, Kind.PHONE: _fault_of_phone}
READERS: dict[Kind, Callable[[Field, str], str]] = {
    Kind.TEXT: _line,
    Kind.LONG_TEXT: _prose,
    Kind.WHOLE: _figure,
    Kind.NUMBER: _figure,
    Kind.MONEY: _figure,
    Kind.YEAR: _year,
    Kind.DATE: _date,
    Kind.CHOICE: _choice,
    Kind.YES_NO: _yes_no,
    Kind.EMAIL: _line,
    Kind.PHONE: _phone,
}
