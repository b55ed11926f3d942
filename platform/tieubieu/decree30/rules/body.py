"""The text itself: how it stands, how its parts are numbered, how it ends. Mục II, khoản 6."""

import re
from collections.abc import Iterator
from itertools import pairwise

from tieubieu.decree30 import kinds
from tieubieu.decree30.document import Alignment, Line
from tieubieu.decree30.findings import Fault, Place, Rule
from tieubieu.decree30.places import Paper
from tieubieu.decree30.rules.looks import PART, told

STANDS = f"{PART}, khoản 6, điểm e"
PARTED = f"{PART}, khoản 6, điểm đ"
INDENTS = (10.0, 12.7)
TOLERANCE = 0.5
LEAST_GAP = 6
MOST_SPACING, LEAST_SPACING = 1.5, 1.0
SPACING_TOLERANCE = 0.03
ARTICLE = re.compile(r"^(Điều\s+(\d+|[IVXLC]+)\s*)(.?)")
POINT = re.compile(r"^([a-zđ])\)")
FOREIGN = "fjwz"
PART_NUMBER = re.compile(r"(?i)^(phần|chương)\s+(\d+)\.?$")
SECTION_NUMBER = re.compile(r"(?i)^(mục|tiểu mục)\s+([IVXLC]+)\.?$")


def is_justified(paper: Paper) -> Iterator[Fault]:
    for line in _opened(paper):
        alignment = line.layout.alignment
        if alignment is not Alignment.BOTH:
            yield Fault(f"Đoạn văn {alignment}, phải canh đều cả hai lề.", alignment, Alignment.BOTH, line.text)


def is_indented(paper: Paper) -> Iterator[Fault]:
    """A line that opens with a tab or an automatic number stands where that puts it: nothing is said."""
    for line in _opened(paper):
        if line.layout.is_numbered or line.raw.startswith("\t"):
            continue
        found = line.layout.first_indent
        if not any(abs(found - wanted) <= TOLERANCE for wanted in INDENTS):
            shown = f"{told(round(found / 10, 2))} cm"
            yield Fault(f"Chữ đầu dòng lùi {shown}, phải lùi 1 cm hoặc 1,27 cm.", shown, "1 cm hoặc 1,27 cm", line.text)


def has_gaps(paper: Paper) -> Iterator[Fault]:
    """Between paragraphs that follow each other with nothing between."""
    places = {id(line): place for place, line in enumerate(paper.document.lines)}
    for before, after in pairwise(paper.prose):
        if places[id(after)] != places[id(before)] + 1 or not after.opens:
            continue
        gap = _gap(before, after)
        if gap < LEAST_GAP:
            shown = f"{told(gap)}pt"
            yield Fault(f"Khoảng cách trước đoạn văn này {shown}, tối thiểu là 6pt.", shown, "từ 6pt", after.text)


def _gap(before: Line, after: Line) -> float:
    first, second = before.layout, after.layout
    together = first.style == second.style
    return (0 if together and first.is_contextual else first.after) + (
        0 if together and second.is_contextual else second.before
    )


def has_line_spacing(paper: Paper) -> Iterator[Fault]:
    for line in _opened(paper):
        found = line.layout.spacing
        if found is not None and not LEAST_SPACING - SPACING_TOLERANCE <= found <= MOST_SPACING + SPACING_TOLERANCE:
            shown = f"{told(round(found, 2))} dòng"
            yield Fault(f"Khoảng cách dòng {shown}, phải từ 1 đến 1,5 dòng.", shown, "từ 1 đến 1,5 dòng", line.text)


def _opened(paper: Paper) -> list[Line]:
    return [line for line in paper.prose if line.opens]


def article_has_full_stop(paper: Paper) -> Iterator[Fault]:
    for line, found in _articles(paper):
        if found[3] != "." or not found[2].isdigit():
            yield Fault(
                "Số thứ tự của điều dùng chữ số Ả Rập, sau số có dấu chấm (.).",
                (found[1] + found[3]).strip(),
                "Điều 1.",
                line.text,
            )


def article_is_bold(paper: Paper) -> Iterator[Fault]:
    for line, _ in _articles(paper):
        if not line.inked[0].bold:
            yield Fault("Từ “Điều” và số thứ tự phải là chữ đậm.", "không đậm", "chữ đậm", line.text)


def _articles(paper: Paper) -> Iterator[tuple[Line, re.Match[str]]]:
    for line in paper.body:
        found = ARTICLE.match(line.text)
        if found and line.opens and (line.inked[0].bold or found[3] in (".", ":")):
            yield line, found


def points_follow_the_alphabet(paper: Paper) -> Iterator[Fault]:
    """After d comes đ, and f, j, w, z are no letters of Vietnamese."""
    before = ""
    for line in paper.body:
        found = POINT.match(line.text)
        if found and (found[1] in FOREIGN or (found[1] == "e" and before == "d")):
            wanted = "đ)" if found[1] == "e" else "chữ cái tiếng Việt"
            yield Fault(
                "Thứ tự các điểm theo bảng chữ cái tiếng Việt (a, b, c, d, đ, e, g…).", found[0], wanted, line.text
            )
        before = found[1] if found else before


def parts_are_roman(paper: Paper) -> Iterator[Fault]:
    for line in paper.body:
        if PART_NUMBER.match(line.text):
            yield Fault("Số thứ tự của phần, chương dùng chữ số La Mã.", line.text, "I, II, III…", line.text)


def sections_are_arabic(paper: Paper) -> Iterator[Fault]:
    for line in paper.body:
        if SECTION_NUMBER.match(line.text):
            yield Fault("Số thứ tự của mục, tiểu mục dùng chữ số Ả Rập.", line.text, "1, 2, 3…", line.text)


def ends_as_the_sample(paper: Paper) -> Iterator[Fault]:
    """Only for the kinds whose sample shows it, and for official letters."""
    is_shown = paper.kind_name in kinds.ENDED_BY_SAMPLE or paper.about
    last = next((line for line in reversed(paper.body) if line.text), None)
    if is_shown and last is not None and not last.text.endswith("./."):
        yield Fault("Hết nội dung phải có dấu “./.”.", last.text[-3:], "./.", last.text)


RULES = (
    Rule("body-justified", Place.BODY, STANDS, is_justified),
    Rule("body-indent", Place.BODY, STANDS, is_indented),
    Rule("body-gap", Place.BODY, STANDS, has_gaps),
    Rule("body-spacing", Place.BODY, STANDS, has_line_spacing),
    Rule("article-number", Place.BODY, PARTED, article_has_full_stop),
    Rule("article-bold", Place.BODY, PARTED, article_is_bold),
    Rule("point-letters", Place.BODY, PARTED, points_follow_the_alphabet),
    Rule("part-number", Place.BODY, PARTED, parts_are_roman),
    Rule("section-number", Place.BODY, PARTED, sections_are_arabic),
    Rule("body-end", Place.BODY, "Phụ lục III, Mục II, Mẫu 1.1 đến 1.6", ends_as_the_sample),
)
