"""Sections: the sheet, its margins and where its number is shown."""

import re
from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from tieubieu.decree30.document import Alignment, PageNumber, Section
from tieubieu.decree30.reading.styles import Styles

MM_PER_EMU = 1 / 36000
PAGE = re.compile(r"(?i)(^|\s)PAGE(\s|$)")
ARABIC = {"", "decimal"}
PAGES = (("default", "header", "footer"), ("first", "first_page_header", "first_page_footer"),
         ("even", "even_page_header", "even_page_footer"))  # fmt: skip


def section_of(section: Any, styles: Styles) -> Section:
    """The section's sheet and page numbers."""
    numbering = section._sectPr.find(qn("w:pgNumType"))
    start = numbering.get(qn("w:start"), "") if numbering is not None else ""
    return Section(
        width=_mm(section.page_width),
        height=_mm(section.page_height),
        top=_mm(section.top_margin),
        bottom=_mm(section.bottom_margin),
        left=_mm(section.left_margin) + _mm(section.gutter),
        right=_mm(section.right_margin),
        hides_first=bool(section.different_first_page_header_footer),
        starts_at=int(start) if start.isdigit() else None,
        is_arabic=numbering is None or numbering.get(qn("w:fmt"), "") in ARABIC,
        numbers=tuple(_numbers(section, styles)),
    )


def _mm(length: int | None) -> float:
    return abs(length or 0) * MM_PER_EMU


def _numbers(section: Any, styles: Styles) -> Iterator[PageNumber]:
    for pages, header, footer in PAGES:
        for part, is_in_header in ((getattr(section, header), True), (getattr(section, footer), False)):
            if part.is_linked_to_previous and not _is_inherited(section, pages):
                continue
            for paragraph in part._element.iter(qn("w:p")):
                if _shows_page(paragraph):
                    yield _number(paragraph, styles, pages, is_in_header)


def _is_inherited(section: Any, pages: str) -> bool:
    """Asking for a part that nobody made would make it; the first section has nobody to inherit from."""
    before = section._sectPr.xpath("preceding::w:sectPr")
    return any(
        ref.get(qn("w:type"), "default") == pages for each in before for ref in each.findall(qn("w:headerReference"))
    )


def _shows_page(paragraph: Any) -> bool:
    simple = [field.get(qn("w:instr"), "") for field in paragraph.iter(qn("w:fldSimple"))]
    told = "".join(field.text or "" for field in paragraph.iter(qn("w:instrText")))
    return any(PAGE.search(instruction) for instruction in [*simple, told])


def _number(paragraph: Any, styles: Styles, pages: str, is_in_header: bool) -> PageNumber:
    shown = next(iter(_runs_of_field(paragraph)), None)
    run = styles.run(shown, paragraph, "1")
    return PageNumber(is_in_header, pages, _alignment(paragraph, styles), run.size, run.italic)


def _runs_of_field(paragraph: Any) -> Iterator[Any]:
    for run in paragraph.iter(qn("w:r")):
        if run.find(qn("w:instrText")) is not None or run.getparent().tag == qn("w:fldSimple"):
            yield run


def _alignment(paragraph: Any, styles: Styles) -> Alignment:
    """Centred by itself, by its frame (as older Word does it) or by one tab to the middle of the header."""
    frame = paragraph.find(f"{qn('w:pPr')}/{qn('w:framePr')}")
    if frame is not None and frame.get(qn("w:xAlign")) == "center":
        return Alignment.CENTRE
    alignment = styles.layout(paragraph, 13).alignment
    tabs = len(list(paragraph.iterfind(f"{qn('w:r')}/{qn('w:tab')}")))
    return Alignment.CENTRE if alignment is Alignment.LEFT and tabs == 1 else alignment
