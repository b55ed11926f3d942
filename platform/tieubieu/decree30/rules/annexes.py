"""Annexes: Phụ lục I, Phần I, Mục III, khoản 1."""

import re
from collections.abc import Iterator

from tieubieu.decree30.document import Alignment, bare
from tieubieu.decree30.findings import Fault, Place, Rule
from tieubieu.decree30.places import Paper
from tieubieu.decree30.rules.looks import OTHERS

CLAUSE = f"{OTHERS}, khoản 1"
ORDER = re.compile(r"(?i)^phụ lục\s*([ivxlc]+|\d+)?")


def several_are_numbered(paper: Paper) -> Iterator[Fault]:
    """With Roman figures, as soon as there are two."""
    if len(paper.annexes) < 2:
        return
    for annex in paper.annexes:
        found = ORDER.match(annex.heading.text)
        order = (found[1] if found else "") or ""
        if not order or order.isdigit():
            shown = order or "không có số"
            yield Fault(
                "Có từ hai Phụ lục thì phải đánh số bằng chữ số La Mã.", shown, "I, II, III…", annex.heading.text
            )


def text_points_to_them(paper: Paper) -> Iterator[Fault]:
    words = bare(" ".join(line.text for line in paper.body))
    if paper.annexes and paper.body and "phu luc" not in words and "kem theo" not in words:
        heading = paper.annexes[0].heading.text
        yield Fault("Trong văn bản phải có chỉ dẫn về Phụ lục kèm theo.", "không có chỉ dẫn", "chỉ dẫn", heading)


def they_are_centred(paper: Paper) -> Iterator[Fault]:
    for annex in paper.annexes:
        for line in (annex.heading, *annex.titles):
            if line.layout.alignment is not Alignment.CENTRE:
                alignment = line.layout.alignment
                yield Fault(f"Dòng này {alignment}, phải canh giữa.", alignment, Alignment.CENTRE, line.text)


def they_say_to_what_they_belong(paper: Paper) -> Iterator[Fault]:
    for annex in paper.annexes:
        if annex.note is None:
            wanted = "(Kèm theo … số …/… ngày … tháng … năm … của …)"
            yield Fault(
                "Dưới tên Phụ lục phải có thông tin chỉ dẫn kèm theo văn bản.", "không có", wanted, annex.heading.text
            )


RULES = (
    Rule("annex-numbered", Place.ANNEX, f"{CLAUSE}, điểm a", several_are_numbered),
    Rule("annex-told", Place.ANNEX, f"{CLAUSE}, điểm a", text_points_to_them),
    Rule("annex-centre", Place.ANNEX, f"{CLAUSE}, điểm b", they_are_centred),
    Rule("annex-belongs", Place.ANNEX, f"{CLAUSE}, điểm c", they_say_to_what_they_belong),
)
