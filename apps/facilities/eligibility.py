"""Whether a facility is a rural industrial facility (cơ sở CNNT) under the law of a day. Pure: facts in, answer out.

The law is the part `eligibility` of a rule set, or of a round's frozen copy of one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

UNIT_KINDS = ("commune", "ward", "special_zone")


@dataclass(frozen=True)
class Facts:
    """What held on the day. A unit that is not known has the kind ""."""

    kind: str
    kind_label: str
    province_kind: str
    province_name: str
    unit_kind: str
    unit_name: str
    village: str = ""


@dataclass(frozen=True)
class Eligibility:
    """`reason` names the article. `is_to_be_checked`: the law speaks of areas that no table here knows."""

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
    """Apply khoản 1 Điều 1 NĐ 235/2025/NĐ-CP, or the law that stood in its place on the day."""
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
