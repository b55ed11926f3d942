"""A Word file as a plain document. The bytes have been proven by `tieubieu.uploads` before they come here."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from tieubieu.decree30.document import Cell, Document, Line, Run
from tieubieu.decree30.reading.pages import section_of
from tieubieu.decree30.reading.strokes import strokes_of
from tieubieu.decree30.reading.styles import SIZE, Styles

MOST_XML = 30 * 1024 * 1024
DEEPEST_TABLE = 4
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PROPERTIES = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}"
SIGNS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
# What floats beside the text, and what was struck out but is still kept.
PASSED_OVER = {
    qn("w:drawing"), qn("w:pict"), qn("w:object"), qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent",
}  # fmt: skip


class Unreadable(ValueError):
    """The file is no Word document that can be read; `str()` says so in Vietnamese."""


def read_word(data: bytes) -> Document:
    """The document's pages and lines. Raises `Unreadable`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(entry.file_size for entry in packed.infolist() if entry.filename.endswith(".xml"))
        if size > MOST_XML:
            raise Unreadable("Tệp Word quá lớn để kiểm tra (trên 30 MB chữ). Xin chia thành nhiều tệp.")
        return _read(data)
    except Unreadable:
        raise
    except Exception as broken:  # the libraries raise anything at all over a broken file
        raise Unreadable(
            "Tệp không phải văn bản Word (.docx) mở được. Xin mở tệp bằng Word, lưu lại dạng .docx rồi kiểm tra lại."
        ) from broken


def _read(data: bytes) -> Document:
    opened = docx.Document(io.BytesIO(data))
    styles = Styles(opened.styles.element, _theme_fonts(opened.part))
    body = opened.element.body
    return Document(
        sections=tuple(section_of(section, styles) for section in opened.sections),
        lines=tuple(_Lines(styles).of(body)),
        has_text_boxes=any("".join(box.itertext()).strip() for box in body.iter(qn("w:txbxContent"))),
        pages=_pages(data),
    )


class _Lines:
    """Walks the text in reading order, counting its tables."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._tables = 0

    def of(self, holder: Any, cell: Cell | None = None, depth: int = 0) -> Iterator[Line]:
        for element in holder.iterchildren():
            if element.tag == qn("w:p"):
                yield from _lines(element, cell, self._styles)
            elif element.tag == qn("w:sdt"):
                for content in element.iterchildren(qn("w:sdtContent")):
                    yield from self.of(content, cell, depth)
            elif element.tag == qn("w:tbl") and depth < DEEPEST_TABLE:
                yield from self._of_table(element, depth)

    def _of_table(self, table: Any, depth: int) -> Iterator[Line]:
        self._tables += 1
        number = self._tables
        for row, cells in enumerate(table.iterchildren(qn("w:tr"))):
            for column, cell in enumerate(cells.iterchildren(qn("w:tc"))):
                yield from self.of(cell, Cell(number, row, column), depth + 1)


def _lines(paragraph: Any, cell: Cell | None, styles: Styles) -> Iterator[Line]:
    runs = [styles.run(run, paragraph, text) for run, text in _texts(paragraph)]
    size = max((run.size for run in runs if not run.is_blank), default=SIZE)
    layout = styles.layout(paragraph, size)
    parts = _broken(runs)
    for place, part in enumerate(parts):
        closes = place == len(parts) - 1
        strokes = strokes_of(paragraph, runs) if closes else ()
        yield Line(tuple(part), layout, cell, strokes, opens=place == 0, closes=closes)


def _texts(element: Any, run: Any = None) -> Iterator[tuple[Any, str]]:
    for child in element.iterchildren():
        if child.tag in PASSED_OVER:
            continue
        if child.tag == qn("w:t"):
            yield run, child.text or ""
        elif child.tag in SIGNS:
            yield run, SIGNS[child.tag]
        else:
            yield from _texts(child, child if child.tag == qn("w:r") else run)


def _broken(runs: list[Run]) -> list[list[Run]]:
    parts: list[list[Run]] = [[]]
    for run in runs:
        if run.text == "\n":
            parts.append([])
        else:
            parts[-1].append(run)
    return parts


def _theme_fonts(part: Any) -> dict[str, str]:
    """`minor` and `major`: the fonts that styles name by the theme."""
    for relation in part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.THEME:
            theme = parse_xml(relation.target_part.blob)
            fonts = {name: theme.find(f".//{A}{name}Font/{A}latin") for name in ("minor", "major")}
            return {name: font.get("typeface", "") for name, font in fonts.items() if font is not None}
    return {}


def _pages(data: bytes) -> int | None:
    """How many pages the program that saved the file counted, if it said."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        if "docProps/app.xml" not in packed.namelist():
            return None
        told = parse_xml(packed.read("docProps/app.xml")).findtext(f"{PROPERTIES}Pages")
    return int(told) if told and told.isdigit() else None
