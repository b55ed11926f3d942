"""Whether a facility is a rural industrial facility (cơ sở CNNT) under the law of a day. Pure: facts in, answer out.

The law is the part `eligibility` of a rule set, or of a round's frozen copy of one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from tieubieu.ui.words import number

UNIT_KINDS = ("commune", "ward", "special_zone")
# Said with every reason that rests on limits of a company's size which nobody has compared with the decree yet.
A_SAMPLE = " Mức quy mô là mẫu, cần đối chiếu với bản gốc Nghị định."


@dataclass(frozen=True)
class Size:
    """What a facility said of the last whole year; None is what nobody said. Money in million đồng."""

    year: int
    workers: int | None = None
    revenue: Decimal | None = None


@dataclass(frozen=True)
class Facts:
    """What held on the day. A unit that is not known has the kind ""; the size is told where the law asks for it."""

    kind: str
    kind_label: str
    province_kind: str
    province_name: str
    unit_kind: str
    unit_name: str
    village: str = ""
    size: Size | None = None


@dataclass(frozen=True)
class Eligibility:
    """`reason` names the article. `is_to_be_checked`: the law asks for what no table here knows."""

    is_eligible: bool
    reason: str
    on: date
    article: str
    is_to_be_checked: bool = False

    @property
    def word(self) -> str:
        """The state's name for pages."""
        if self.is_to_be_checked:
            return "to_be_checked"
        return "eligible" if self.is_eligible else "not_eligible"


def decide(facts: Facts, law: Mapping[str, Any], *, on: date) -> Eligibility:
    """Apply khoản 1 Điều 1 NĐ 235/2025/NĐ-CP, or the law that stood in its place on the day.

    A company in the right place is measured too: only the small and medium ones are meant (Điều 5 NĐ 80/2021/NĐ-CP).
    """
    placed = _placed(facts, law, on)
    measure = law.get("company_size")
    if not placed.is_eligible or not measure or facts.size is None or facts.kind not in measure["of_kinds"]:
        return placed
    return _measured(placed, facts.size, measure)


def _placed(facts: Facts, law: Mapping[str, Any], on: date) -> Eligibility:
    article = str(law["article"])
    if facts.kind not in law["facility_kinds"]:
        return Eligibility(False, f"{facts.kind_label} không thuộc loại hình được nêu tại {article}.", on, article)
    if "areas" not in law:
        reason = f"Loại hình phù hợp; địa bàn theo {article} xếp theo loại đô thị cũ nên phải đối chiếu hồ sơ giấy."
        return Eligibility(True, reason, on, article, is_to_be_checked=True)
    if facts.village and law.get("craft_villages"):
        return Eligibility(True, f"Sản xuất tại {facts.village}, làng nghề được công nhận ({article}).", on, article)
    is_eligible, place = _by_area(facts, law["areas"].get(facts.province_kind))
    return Eligibility(is_eligible, f"{place[0].upper()}{place[1:]} ({article}).", on, article)


def _by_area(facts: Facts, kinds: Sequence[str] | None) -> tuple[bool, str]:
    if kinds is None:
        return False, "Chưa rõ cơ sở thuộc tỉnh, thành phố nào vào ngày này nên chưa xác định được địa bàn"
    if facts.unit_kind in kinds:
        return True, f"Sản xuất tại {facts.unit_name}, {facts.province_name}"
    if not facts.unit_kind and set(UNIT_KINDS) <= set(kinds):
        return True, f"Sản xuất tại {facts.province_name}; mọi xã, phường, đặc khu của tỉnh đều thuộc phạm vi"
    if not facts.unit_kind:
        return False, f"Chưa ghi xã, phường, đặc khu thuộc {facts.province_name} nên chưa xác định được địa bàn"
    return False, f"{facts.unit_name} không thuộc địa bàn được nêu và cơ sở không ở trong làng nghề được công nhận"


def _measured(placed: Eligibility, size: Size, measure: Mapping[str, Any]) -> Eligibility:
    """Too many workers is large whatever else is known; the rest needs workers and revenue, or else the capital."""
    largest, article = measure["sizes"][-1], measure["article"]
    how_sure = "" if measure.get("is_compared") else A_SAMPLE
    if size.workers is not None and size.workers > largest["workers"]:
        told = f"{number(size.workers)} lao động năm {size.year}, quá {number(largest['workers'])}"
        reason = (
            f"Doanh nghiệp lớn: {told} ({article}); chỉ doanh nghiệp nhỏ và vừa thuộc đối tượng ({placed.article})."
        )
        return Eligibility(False, f"{reason}{how_sure}", placed.on, placed.article)
    open_question = _unknown(size, largest)
    if open_question:
        reason = f"{placed.reason} Chưa xét được quy mô doanh nghiệp: {open_question} ({article}).{how_sure}"
        return Eligibility(True, reason, placed.on, placed.article, is_to_be_checked=True)
    name = _name(size, measure["sizes"])
    reason = f"{placed.reason} Doanh nghiệp {name} theo số liệu năm {size.year} ({article}).{how_sure}"
    return Eligibility(True, reason, placed.on, placed.article)


def _unknown(size: Size, largest: Mapping[str, Any]) -> str:
    """What has to be found out before the size is known; "" when nothing has."""
    figures = {"số lao động": size.workers, "doanh thu": size.revenue}
    missing = [name for name, value in figures.items() if value is None]
    if missing:
        return f"chưa ghi {', '.join(missing)} năm {size.year}"
    assert size.revenue is not None
    if size.revenue > Decimal(largest["revenue"]):
        return (
            f"doanh thu năm {size.year} là {number(size.revenue)} triệu đồng, quá {number(largest['revenue'])}; vẫn là"
            f" doanh nghiệp vừa nếu tổng nguồn vốn không quá {number(largest['capital'])} triệu đồng"
        )
    return ""


def _name(size: Size, sizes: Sequence[Mapping[str, Any]]) -> str:
    """`nhỏ`: the smallest size whose limits hold both the workers and the revenue."""
    assert size.workers is not None
    assert size.revenue is not None
    return next(
        str(one["name"]) for one in sizes if size.workers <= one["workers"] and size.revenue <= Decimal(one["revenue"])
    )
