"""To whom it goes: Phụ lục I, Phần I, Mục II, khoản 9."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tieubieu.decree30.document import Alignment, Line, bare
from tieubieu.decree30.findings import Fault, Place, Rule, Severity
from tieubieu.decree30.places import Paper
from tieubieu.decree30.rules.looks import PART

CLAUSE = f"{PART}, khoản 9, điểm d"
KEPT = re.compile(r"^[-–]?\s*Lưu\s*:\s*VT\b(,?)")


def label_has_colon(paper: Paper) -> Iterator[Fault]:
    line = paper.recipients
    if line and not re.match(r"(?i)^nơi nhận\s*:", line.text):
        yield Fault("Sau từ “Nơi nhận” phải có dấu hai chấm (:).", line.text, "Nơi nhận:", line.text)


def label_is_at_the_left(paper: Paper) -> Iterator[Fault]:
    line = paper.recipients
    if line and line.layout.alignment in (Alignment.CENTRE, Alignment.RIGHT):
        yield Fault("Từ “Nơi nhận” phải đặt sát lề trái.", line.layout.alignment, Alignment.LEFT, line.text)


def each_has_a_dash(paper: Paper) -> Iterator[Fault]:
    """A line that carries on the one before has none."""
    ends_before = True
    for line in paper.recipient_list:
        if ends_before and not line.text.startswith("-") and not line.layout.is_numbered:
            yield Fault("Đầu mỗi dòng nơi nhận phải có gạch đầu dòng (-).", line.text[:1], "-", line.text)
        ends_before = line.text.endswith((";", "."))


def each_ends_with_semicolon(paper: Paper) -> Iterator[Fault]:
    """The last of a recipient's lines is told by the dash that follows."""
    yield from _ends(paper.recipient_list, "Cuối mỗi dòng nơi nhận phải có dấu chấm phẩy (;).")


def _ends(lines: Sequence[Line], why: str) -> Iterator[Fault]:
    for line, later in pairwise(lines):
        if later.text.startswith(("-", "–")) and not line.text.endswith((";", ":")):
            yield Fault(why, line.text[-1:], ";", line.text)


def last_ends_with_full_stop(paper: Paper) -> Iterator[Fault]:
    last = paper.recipient_list[-1].text if paper.recipient_list else "."
    if not last.endswith("."):
        yield Fault("Dòng nơi nhận cuối cùng phải kết thúc bằng dấu chấm (.).", last[-1:], ".", last)


def one_is_kept(paper: Paper) -> Iterator[Fault]:
    if paper.recipient_list and not any(KEPT.match(line.text) for line in paper.recipient_list):
        last = paper.recipient_list[-1].text
        yield Fault("Dòng cuối cùng của nơi nhận phải là “- Lưu: VT, …”.", last, "- Lưu: VT, …", last)


def drafting_unit_is_named(paper: Paper) -> Iterator[Fault]:
    for line in paper.recipient_list:
        found = KEPT.match(line.text)
        if found and not found[1]:
            yield Fault(
                "Sau “VT” ghi dấu phẩy và chữ viết tắt tên đơn vị soạn thảo.", line.text, "- Lưu: VT, …", line.text
            )


def letter_says_as_above(paper: Paper) -> Iterator[Fault]:
    first = paper.recipient_list[0].text if paper.recipient_list else ""
    if paper.addressees and first and not bare(first).startswith("nhu tren"):
        yield Fault("Văn bản có “Kính gửi” thì dòng đầu của nơi nhận là “- Như trên;”.", first, "- Như trên;", first)


def addressees_have_colon(paper: Paper) -> Iterator[Fault]:
    line = paper.addressees[0] if paper.addressees else None
    if line and not re.match(r"(?i)^kính gửi\s*:", line.text):
        yield Fault("Sau từ “Kính gửi” phải có dấu hai chấm (:).", line.text, "Kính gửi:", line.text)


def addressees_end_rightly(paper: Paper) -> Iterator[Fault]:
    """Of two or more."""
    lines = paper.addressees[1:]
    if len(lines) < 2:
        return
    yield from _ends(lines, "Cuối mỗi dòng tên nơi nhận phải có dấu chấm phẩy (;).")
    if not lines[-1].text.endswith("."):
        yield Fault("Dòng cuối cùng phải kết thúc bằng dấu chấm (.).", lines[-1].text[-1:], ".", lines[-1].text)


RULES = (
    Rule("recipients-colon", Place.RECIPIENTS, CLAUSE, label_has_colon),
    Rule("recipients-left", Place.RECIPIENTS, CLAUSE, label_is_at_the_left),
    Rule("recipients-dash", Place.RECIPIENTS, CLAUSE, each_has_a_dash),
    Rule("recipients-semicolon", Place.RECIPIENTS, CLAUSE, each_ends_with_semicolon),
    Rule("recipients-full-stop", Place.RECIPIENTS, CLAUSE, last_ends_with_full_stop),
    Rule("recipients-kept", Place.RECIPIENTS, CLAUSE, one_is_kept),
    Rule("recipients-unit", Place.RECIPIENTS, CLAUSE, drafting_unit_is_named, Severity.ADVICE),
    Rule("recipients-as-above", Place.RECIPIENTS, f"{PART}, khoản 9, điểm b", letter_says_as_above),
    Rule("addressees-colon", Place.ADDRESSEES, CLAUSE, addressees_have_colon),
    Rule("addressees-ends", Place.ADDRESSEES, CLAUSE, addressees_end_rightly),
)
