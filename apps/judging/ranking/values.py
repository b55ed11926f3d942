"""Reading single values of an untrusted document; each refusal names the place."""

import re
import unicodedata
from collections.abc import Collection
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from apps.judging.ranking.errors import RankingRefused, Spot, shown

LONGEST_NUMBER = 64
LONGEST_TEXT = 200
PLAIN_DECIMAL = re.compile(r"[0-9]+(\.[0-9]+)?")
UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
KINDS = {
    dict: ("đối tượng", "an object"),
    list: ("danh sách", "a list"),
    str: ("chuỗi ký tự", "a string"),
    bool: ("giá trị đúng/sai", "a boolean"),
    int: ("số", "a number"),
    float: ("số", "a number"),
    type(None): ("giá trị null", "null"),
}

Choice = TypeVar("Choice", bound=StrEnum)


def mapping(value: object, spot: Spot) -> dict[str, object]:
    """An object whose keys are strings, with the keys in NFC; two keys that NFC makes equal are refused."""
    if not isinstance(value, dict):
        raise _wrong_kind(value, spot, "một đối tượng", "an object")
    named: dict[str, object] = {}
    for key, item in value.items():
        name = text(key, spot)
        if name in named:
            raise spot.key(name).refusal("tên này xuất hiện hai lần", "this name occurs twice")
        named[name] = item
    return named


def fields(value: object, spot: Spot, needed: Collection[str], spare: Collection[str] = ()) -> dict[str, object]:
    """An object with all `needed` keys, perhaps some `spare` ones, and no other."""
    named = mapping(value, spot)
    for name in named:
        if name not in needed and name not in spare:
            raise spot.key(name).refusal("tên này không có trong định dạng", "this name is not part of the format")
    for name in needed:
        if name not in named:
            raise spot.key(name).refusal("thiếu giá trị bắt buộc", "a required value is missing")
    return named


def rows(value: object, spot: Spot) -> list[tuple[object, Spot]]:
    """The items of a list, each with its place."""
    if not isinstance(value, list):
        raise _wrong_kind(value, spot, "một danh sách", "a list")
    return [(item, spot.item(index)) for index, item in enumerate(value)]


def text(value: object, spot: Spot) -> str:
    """A name in NFC: not empty, not padded, without control or invisible characters, at most 200 characters."""
    if not isinstance(value, str):
        raise _wrong_kind(value, spot, "một chuỗi ký tự", "a string")
    if len(value) > LONGEST_TEXT:
        raise spot.refusal(f"chuỗi dài quá {LONGEST_TEXT} ký tự", f"text longer than {LONGEST_TEXT} characters")
    if not value or value != value.strip():
        raise spot.refusal(
            f"{shown(value)} trống hoặc có khoảng trắng ở đầu hay cuối",
            f"{shown(value)} is empty or padded with spaces",
        )
    if any(unicodedata.category(char) in UNSEEN for char in value):
        raise spot.refusal(
            f"{shown(value)} chứa ký tự điều khiển hoặc vô hình",
            f"{shown(value)} holds a control or invisible character",
        )
    return unicodedata.normalize("NFC", value)


def decimal(value: object, spot: Spot) -> Fraction:
    """An exact number of zero or more from a string such as "35.5": ASCII digits, at most one point, 64 characters."""
    if not isinstance(value, str):
        raise _wrong_kind(
            value, spot, 'số thập phân viết trong ngoặc kép như "35.5"', 'a decimal string such as "35.5"'
        )
    if len(value) > LONGEST_NUMBER:
        raise spot.refusal(f"số dài quá {LONGEST_NUMBER} ký tự", f"a number longer than {LONGEST_NUMBER} characters")
    if PLAIN_DECIMAL.fullmatch(value):
        return Fraction(value)
    if value.startswith("-") and PLAIN_DECIMAL.fullmatch(value[1:]):
        raise spot.refusal(f"số {value} nhỏ hơn 0", f"the number {value} is below zero")
    raise spot.refusal(
        f"{shown(value)} không phải số thập phân thường (chỉ gồm chữ số và nhiều nhất một dấu chấm)",
        f"{shown(value)} is not a plain decimal (digits and at most one point)",
    )


def whole(value: object, spot: Spot, most: int) -> int:
    """A JSON integer from 0 to `most`."""
    if type(value) is not int:
        raise _wrong_kind(value, spot, "một số nguyên", "an integer")
    if not 0 <= value <= most:
        raise spot.refusal(f"số nguyên phải từ 0 đến {most}", f"the integer must be from 0 to {most}")
    return value


def one_of(choices: type[Choice], value: object, spot: Spot) -> Choice:
    """The member of `choices` with this value."""
    known = ", ".join(choices)
    if not isinstance(value, str):
        raise _wrong_kind(value, spot, f"một trong {known}", f"one of {known}")
    for choice in choices:
        if choice.value == value:
            return choice
    raise spot.refusal(f"{shown(value)} không nằm trong {known}", f"{shown(value)} is not one of {known}")


def _wrong_kind(value: object, spot: Spot, vietnamese: str, english: str) -> RankingRefused:
    is_vietnamese, is_english = KINDS.get(type(value), ("kiểu dữ liệu lạ", "a foreign type"))
    return spot.refusal(f"cần {vietnamese}, không phải {is_vietnamese}", f"expected {english}, not {is_english}")
