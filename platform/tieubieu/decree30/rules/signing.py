"""Whose power is used and who signs: Phụ lục I, Phần I, Mục II, khoản 7."""

import re
from collections.abc import Iterator

from tieubieu.decree30.document import Alignment
from tieubieu.decree30.findings import Fault, Place, Rule
from tieubieu.decree30.places import Paper
from tieubieu.decree30.rules.looks import PART

POWERS = f"{PART}, khoản 7, điểm b"
PERSONS = (
    r"(PHÓ )?(CHỦ TỊCH|GIÁM ĐỐC|BỘ TRƯỞNG|THỨ TRƯỞNG|CỤC TRƯỞNG|CHI CỤC TRƯỞNG|VỤ TRƯỞNG|TRƯỞNG BAN|TRƯỞNG PHÒNG"
    r"|CHÁNH VĂN PHÒNG|TỔNG GIÁM ĐỐC|TỔ TRƯỞNG)"
)
COLLECTIVES = r"(ỦY BAN|UỶ BAN|UBND|HỘI ĐỒNG|HĐND|BAN |SỞ |BỘ (?!TRƯỞNG)|CỤC (?!TRƯỞNG)|TẬP THỂ)"
OF_PERSON = re.compile(rf"^{PERSONS}\b")
OF_COLLECTIVE = re.compile(rf"^{COLLECTIVES}")
MARK = re.compile(r"^(TM|KT|TL|TUQ|Q)\b\s*(\.?)\s*(.*)$")
TITLES = re.compile(
    r"(?i)^(gs|pgs|ts|ths|th\.s|cn|ks|bs|ds|nsnd|nsưt|ngnd|ngưt"
    r"|giáo sư|phó giáo sư|tiến sĩ|thạc sĩ|kỹ sư|cử nhân|bác sĩ|nghệ nhân|nghệ sĩ|anh hùng)(\.|\s|$)"
)


def marks_have_a_dot(paper: Paper) -> Iterator[Fault]:
    for line in paper.power:
        mark = MARK.match(line.text)
        if mark and not mark[2]:
            yield Fault(
                f"Chữ viết tắt quyền hạn phải ghi “{mark[1]}.”, có dấu chấm.", mark[1], f"{mark[1]}.", line.text
            )


def collective_mark_stands_before_a_collective(paper: Paper) -> Iterator[Fault]:
    """“TM. CHỦ TỊCH”: a person is nobody's collective."""
    for line in paper.power:
        mark = MARK.match(line.text)
        if mark and mark[1] == "TM" and OF_PERSON.match(mark[3]):
            yield Fault(
                "“TM.” ghi trước tên tập thể, cơ quan; không ghi trước chức vụ của một người.",
                line.text,
                mark[3],
                line.text,
            )


def personal_power_is_signed_in_person(paper: Paper) -> Iterator[Fault]:
    """Where the power to issue belongs to the head (Mẫu 1.2, chú thích 6), nobody signs for the collective."""
    holder = paper.competence[0].text if paper.competence else ""
    mark = MARK.match(paper.power[0].text) if paper.power else None
    if OF_PERSON.match(holder) and mark and mark[1] == "TM" and not OF_PERSON.match(mark[3]):
        yield Fault(
            f"Thẩm quyền ban hành thuộc về {holder} nên không ký thay mặt (TM.).",
            paper.power[0].text,
            "chức vụ của người ký",
            holder,
        )


def collective_power_is_marked(paper: Paper) -> Iterator[Fault]:
    holder = paper.competence[0].text if paper.competence else ""
    if OF_COLLECTIVE.match(holder) and paper.power and not paper.power[0].text.startswith("TM"):
        yield Fault(
            f"Thẩm quyền ban hành thuộc về {holder} nên phải ghi “TM.” trước tên tập thể.",
            paper.power[0].text,
            "TM.",
            holder,
        )


def other_marks_stand_before_a_person(paper: Paper) -> Iterator[Fault]:
    for line in paper.power:
        mark = MARK.match(line.text)
        if mark and mark[1] != "TM" and OF_COLLECTIVE.match(mark[3]):
            yield Fault(
                f"“{mark[1]}.” ghi trước chức vụ của người đứng đầu, không ghi trước tên cơ quan.",
                line.text,
                "chức vụ",
                line.text,
            )


def name_has_no_title(paper: Paper) -> Iterator[Fault]:
    found = TITLES.match(paper.signer.text) if paper.signer else None
    if found and paper.signer:
        yield Fault(
            "Trước họ tên người ký không ghi học hàm, học vị, danh hiệu.",
            found[0].strip(),
            "họ và tên",
            paper.signer.text,
        )


def name_is_centred(paper: Paper) -> Iterator[Fault]:
    signer = paper.signer
    if signer and signer.layout.alignment is not Alignment.CENTRE:
        yield Fault(
            "Họ tên người ký phải canh giữa dưới chức vụ.", signer.layout.alignment, Alignment.CENTRE, signer.text
        )


RULES = (
    Rule("power-dot", Place.POWER, POWERS, marks_have_a_dot),
    Rule("power-person", Place.POWER, POWERS, collective_mark_stands_before_a_collective),
    Rule("power-competence", Place.POWER, POWERS, personal_power_is_signed_in_person),
    Rule("power-collective", Place.POWER, POWERS, collective_power_is_marked),
    Rule("power-organ", Place.POWER, POWERS, other_marks_stand_before_a_person),
    Rule("signer-title", Place.SIGNER, f"{PART}, khoản 7, điểm c", name_has_no_title),
    Rule("signer-centre", Place.SIGNER, f"{PART}, khoản 7, điểm đ", name_is_centred),
)
