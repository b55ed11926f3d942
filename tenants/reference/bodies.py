"""Whether the body of a rule set is whole and agrees with itself. Without Django."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from tenants.reference.errors import BadRuleSet
from tieubieu.lib.numbers import InvalidNumber, decimal_of

FULL_MARK = Decimal(100)
PARTS = (
    "levels", "criteria", "pass_mark", "ranking", "panel", "clocks", "validity",
    "groups", "set_cases", "eligibility", "defaults", "sample_frame", "sources",
)  # fmt: skip


def check_body(body: Mapping[str, Any]) -> None:
    """Raise `BadRuleSet` unless the body has all its parts and they agree with each other."""
    for part in PARTS:
        _require(bool(body.get(part)), f"thiếu phần “{part}”")
    try:
        _check_points(body)
        _check_levels(body["levels"])
        _check_sample(body)
        _check_sizes(body["eligibility"].get("company_size", {}).get("sizes", ()))
        _require(type(body["validity"]["years"]) is int and body["validity"]["years"] > 0, "validity.years: phải từ 1")
    except (KeyError, TypeError, AttributeError) as wrong:
        raise BadRuleSet(f"thiếu hoặc sai dạng: {wrong}") from wrong


def _check_points(body: Mapping[str, Any]) -> None:
    codes = [criterion["code"] for criterion in body["criteria"]]
    total = sum(_points(c["max"], f"criteria.{c['code']}.max") for c in body["criteria"])
    mark = _points(body["pass_mark"], "pass_mark")
    _require(len(set(codes)) == len(codes), "criteria: mã tiêu chí trùng nhau")
    _require(total == FULL_MARK, f"criteria: tổng điểm tối đa là {total}, phải là 100")
    _require(mark <= total, "pass_mark: phải từ 0 đến 100")
    _require(set(body["defaults"]["tie_break"]) <= set(codes), "defaults.tie_break: có mã tiêu chí lạ")


def _check_levels(levels: Sequence[Mapping[str, Any]]) -> None:
    codes = [level["code"] for level in levels]
    _require(len(set(codes)) == len(codes), "levels: mã cấp trùng nhau")
    for level in levels:
        sizes = level["council_sizes"]
        _require(bool(sizes) and all(type(size) is int and size > 0 for size in sizes), f"levels.{level['code']}")


def _check_sample(body: Mapping[str, Any]) -> None:
    sample = body["sample_frame"]
    _require(sample["is_sample"] is True, "sample_frame: phải ghi rõ là mẫu")
    for criterion in body["criteria"]:
        total = sum(_points(part["max"], "sample_frame") for part in sample["parts"][criterion["code"]])
        _require(total == Decimal(criterion["max"]), f"sample_frame.{criterion['code']}: tổng là {total}")


def _check_sizes(sizes: Sequence[Mapping[str, Any]]) -> None:
    limits = [(size["workers"], Decimal(size["revenue"]), Decimal(size["capital"])) for size in sizes]
    _require(limits == sorted(limits), "eligibility.company_size: phải xếp từ nhỏ đến lớn")


def _points(value: object, place: str) -> Decimal:
    try:
        return decimal_of(value)
    except InvalidNumber as wrong:
        raise BadRuleSet(f"{place}: {wrong}") from wrong


def _require(holds: bool, message: str) -> None:
    if not holds:
        raise BadRuleSet(message)
