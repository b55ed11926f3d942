"""What a province may decide for its own rounds, choice by choice. Without Django.

Each function writes one checked choice into a frozen copy or raises `RuleLoosened`.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tenants.reference.bodies import FULL_MARK
from tenants.reference.errors import RuleLoosened
from tieubieu.lib.numbers import InvalidNumber, decimal_of

Frozen = dict[str, Any]
LONGEST_GRACE_MINUTES = 120


def choose_pass_mark(frozen: Frozen, value: object) -> None:
    law, mark = Decimal(frozen["pass_mark"]), _decimal(value, "Điểm đạt")
    if mark < law:
        raise RuleLoosened(
            f"Điểm đạt chỉ được nâng, không được hạ: luật định {_shown(law)} (khoản 1 Điều 17),"
            f" đã nhập {_shown(mark)}.",
            law=str(law),
            chosen=str(mark),
        )
    if mark > FULL_MARK:
        raise RuleLoosened(f"Điểm đạt không thể vượt 100; đã nhập {_shown(mark)}.", chosen=str(mark))
    frozen["pass_mark"] = _plain(mark)


def choose_parts(frozen: Frozen, value: object) -> None:
    frame = _frame(frozen, value)
    for criterion in frozen["criteria"]:
        criterion["parts"] = frame.get(criterion["code"], criterion["parts"])


def choose_parts_of_group(frozen: Frozen, value: object) -> None:
    """A frame of its own for some product groups; the criteria that it does not divide keep the common frame."""
    known = {group["code"] for group in frozen["groups"]}
    chosen = _mapping(value, "Khung điểm riêng của nhóm sản phẩm")
    for group in chosen:
        if group not in known:
            raise RuleLoosened(f"Không có nhóm sản phẩm {group} trong bộ quy định (Điều 5).", group=group)
    frozen["parts_of_group"] = {group: _frame(frozen, frame) for group, frame in chosen.items()}


def _frame(frozen: Frozen, value: object) -> dict[str, list[dict[str, str]]]:
    parts = _mapping(value, "Khung điểm chi tiết")
    criteria = {criterion["code"]: criterion for criterion in frozen["criteria"]}
    for code in parts:
        if code not in criteria:
            raise RuleLoosened(f"Không có tiêu chí {code} trong bộ quy định (Điều 7).", criterion=code)
    frame = {code: _sub_criteria(criteria[code], lines) for code, lines in parts.items()}
    names = [part["code"] for lines in frame.values() for part in lines]
    if len(set(names)) < len(names):
        raise RuleLoosened("Có hai nội dung chi tiết cùng mã trong khung điểm.")
    return frame


def _sub_criteria(criterion: Mapping[str, Any], lines: object) -> list[dict[str, str]]:
    if not isinstance(lines, Sequence) or isinstance(lines, str):
        raise RuleLoosened(f"Khung điểm của tiêu chí {criterion['code']} phải là danh sách.")
    parts = [_part(line, criterion["code"]) for line in lines]
    total, most = sum((Decimal(part["max"]) for part in parts), Decimal(0)), Decimal(criterion["max"])
    if parts and total != most:
        raise RuleLoosened(
            f"Các nội dung của tiêu chí {criterion['code']} cộng lại {_shown(total)} điểm,"
            f" phải bằng {_shown(most)} (Điều 7, khoản 1 Điều 16).",
            criterion=criterion["code"],
            total=str(total),
        )
    return parts


def _part(line: object, code: str) -> dict[str, str]:
    named = _mapping(line, f"Nội dung của tiêu chí {code}")
    most = _decimal(named.get("max"), f"Điểm tối đa của một nội dung thuộc tiêu chí {code}")
    name, label = str(named.get("code", "")).strip(), str(named.get("label", "")).strip()
    if not most or not name or not label:
        raise RuleLoosened(f"Mỗi nội dung của tiêu chí {code} phải có mã, tên và điểm tối đa lớn hơn 0.")
    return {"code": name, "label": label, "max": _plain(most)}


def choose_council(frozen: Frozen, value: object) -> None:
    for name, share in _mapping(value, "Quy định họp Hội đồng").items():
        if name not in frozen["council"]:
            raise RuleLoosened(f"Không có quy định họp “{name}”.", choice=name)
        frozen["council"][name] = _share(share, name)


def _share(value: object, name: str) -> str:
    try:
        share = Fraction(str(value))
    except (ValueError, ZeroDivisionError) as wrong:
        raise RuleLoosened(f"Tỷ lệ “{value}” không phải phân số như 2/3.", choice=name) from wrong
    if not 0 <= share <= 1 or (name == "quorum" and not share) or (name == "approve_over" and share == 1):
        raise RuleLoosened(f"Tỷ lệ {share} không áp dụng được: không thể họp hoặc không thể thông qua.", choice=name)
    return str(share)


def choose_panel(frozen: Frozen, value: object) -> None:
    panel = _mapping(value, "Quy định Ban Giám khảo")
    fewest = panel.get("min_judges")
    if set(panel) != {"min_judges"} or type(fewest) is not int or fewest < 1:
        raise RuleLoosened("Ban Giám khảo chỉ được quy định thêm số giám khảo tối thiểu, là số nguyên từ 1.")
    frozen["panel"]["min_judges"] = fewest


def choose_tie_break(frozen: Frozen, value: object) -> None:
    order = list(value) if isinstance(value, Sequence) and not isinstance(value, str) else [None]
    known = {criterion["code"] for criterion in frozen["criteria"]}
    if any(code not in known for code in order) or len(set(order)) < len(order):
        raise RuleLoosened("Thứ tự xếp khi bằng điểm phải là các tiêu chí của bộ quy định, mỗi tiêu chí một lần.")
    frozen["tie_break"] = order


def choose_quota(frozen: Frozen, value: object) -> None:
    quota = _mapping(value, "Số lượng công nhận")
    known = {group["code"] for group in frozen["groups"]} | {"total"}
    if any(name not in known or type(most) is not int or most < 0 for name, most in quota.items()):
        raise RuleLoosened("Số lượng công nhận phải là số nguyên từ 0, theo mã nhóm sản phẩm hoặc “total”.")
    frozen["quota"] = quota


def choose_awards(frozen: Frozen, value: object) -> None:
    rows = [_mapping(row, "Mức khen thưởng") for row in value] if isinstance(value, list) else [{}]
    if not all(str(row.get("name", "")).strip() for row in rows):
        raise RuleLoosened("Mỗi mức khen thưởng phải có tên.")
    if any(type(row.get("amount", 0)) is not int or row.get("amount", 0) < 0 for row in rows):
        raise RuleLoosened("Số tiền thưởng phải là số nguyên đồng, từ 0.")
    frozen["awards"] = rows


def choose_casting_vote(frozen: Frozen, value: object) -> None:
    if type(value) is not bool:
        raise RuleLoosened("Quyền quyết định của Chủ tịch khi số phiếu ngang nhau chỉ có hoặc không.")
    frozen["casting_vote"] = value


def choose_filing_grace(frozen: Frozen, value: object) -> None:
    if type(value) is not int or not 0 <= value <= LONGEST_GRACE_MINUTES:
        raise RuleLoosened(f"Thời gian chờ thêm khi nhận hồ sơ phải là số phút từ 0 đến {LONGEST_GRACE_MINUTES}.")
    frozen["filing_grace_minutes"] = value


def choose_told_scores(frozen: Frozen, value: object) -> None:
    if type(value) is not bool:
        raise RuleLoosened("Việc cho cơ sở xem điểm bình quân và nhận xét chỉ có hoặc không.")
    frozen["tell_scores"] = value


CHOICES: dict[str, Callable[[Frozen, object], None]] = {
    "pass_mark": choose_pass_mark,
    "parts": choose_parts,
    "parts_of_group": choose_parts_of_group,
    "council": choose_council,
    "panel": choose_panel,
    "tie_break": choose_tie_break,
    "quota": choose_quota,
    "awards": choose_awards,
    "casting_vote": choose_casting_vote,
    "filing_grace_minutes": choose_filing_grace,
    "tell_scores": choose_told_scores,
}


def _mapping(value: object, what: str) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise RuleLoosened(f"{what} chưa đúng dạng.")
    return dict(value)


def _decimal(value: object, what: str) -> Decimal:
    try:
        return decimal_of(format(value, "f") if isinstance(value, Decimal) else value)
    except InvalidNumber as wrong:
        raise RuleLoosened(f"{what}: {wrong}") from wrong


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _shown(value: Decimal) -> str:
    return _plain(value).replace(".", ",")
