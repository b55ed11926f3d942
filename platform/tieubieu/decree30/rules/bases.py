"""The bases of a document: Phụ lục I, Phần I, Mục II, khoản 6, điểm a."""

import re
from collections.abc import Iterator

from tieubieu.decree30.findings import Fault, Place, Rule
from tieubieu.decree30.places import Paper
from tieubieu.decree30.rules.looks import PART

CLAUSE = f"{PART}, khoản 6, điểm a"
LAW = re.compile(r"(?i)^căn cứ (bộ luật|luật|pháp lệnh)\b.*?\bsố\s*(\d+/\S+)")
NUMBERED = re.compile(r"(?i)^căn cứ (nghị định|thông tư|nghị quyết|quyết định|chỉ thị|thông tư liên tịch)\b")
DATE = re.compile(r"(?i)ngày\s+\d+\s+tháng\s+\d+\s+năm\s+\d{4}|\d{1,2}/\d{1,2}/\d{4}")


def all_but_last_end_with_semicolon(paper: Paper) -> Iterator[Fault]:
    for line in paper.bases[:-1]:
        if not line.text.endswith(";"):
            yield Fault("Cuối mỗi căn cứ phải có dấu chấm phẩy (;).", line.text[-1:], ";", line.text)


def last_ends_with_full_stop(paper: Paper) -> Iterator[Fault]:
    if paper.bases and not paper.bases[-1].text.endswith("."):
        last = paper.bases[-1].text
        yield Fault("Căn cứ cuối cùng phải kết thúc bằng dấu chấm (.).", last[-1:], ".", last)


def law_has_no_number(paper: Paper) -> Iterator[Fault]:
    for line in paper.bases:
        found = LAW.match(line.text)
        if found:
            yield Fault("Căn cứ là Luật, Pháp lệnh thì không ghi số, ký hiệu.", found[2], "không ghi số", line.text)


def others_have_a_number(paper: Paper) -> Iterator[Fault]:
    for line in paper.bases:
        if NUMBERED.match(line.text) and not re.search(r"(?i)\bsố\s*[\d….]", line.text):
            yield Fault("Căn cứ phải ghi số, ký hiệu của văn bản.", "không có số", "số, ký hiệu", line.text)


def others_have_a_date(paper: Paper) -> Iterator[Fault]:
    for line in paper.bases:
        if NUMBERED.match(line.text) and not DATE.search(line.text) and "…" not in line.text:
            yield Fault(
                "Căn cứ phải ghi ngày, tháng, năm ban hành văn bản.", "không có ngày", "ngày … tháng … năm …", line.text
            )


RULES = (
    Rule("bases-semicolon", Place.BASES, CLAUSE, all_but_last_end_with_semicolon),
    Rule("bases-full-stop", Place.BASES, CLAUSE, last_ends_with_full_stop),
    Rule("bases-law-number", Place.BASES, CLAUSE, law_has_no_number),
    Rule("bases-number", Place.BASES, CLAUSE, others_have_a_number),
    Rule("bases-date", Place.BASES, CLAUSE, others_have_a_date),
)
