"""Horizontal lines that are drawn with a paragraph: shapes, borders, underlined words and rows of signs."""

import re
from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

from tieubieu.decree30.document import Run, Stroke
from tieubieu.decree30.measuring import MM_PER_POINT, width_of_run

MM_PER_EMU = 1 / 36000
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
V = "{urn:schemas-microsoft-com:vml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# What Word 2007 and older wrote for a straight connector and a line.
OLD_LINES = {"#_x0000_t32", "#_x0000_t20"}
STYLED = re.compile(r"(?:^|;)\s*width:([^;]+)")
LINES = {"line", "straightConnector1"}
LENGTH = re.compile(r"^\s*(-?[\d.]+)\s*(pt|in|cm|mm|px)?\s*$")
UNITS = {"pt": MM_PER_POINT, "in": 25.4, "cm": 10.0, "mm": 1.0, "px": 25.4 / 96, None: 25.4 / 96, "": 25.4 / 96}
SIGNS = re.compile(r"^[-–—_*=.~]{3,}$")


def strokes_of(paragraph: Any, runs: list[Run]) -> tuple[Stroke, ...]:
    """Every stroke of the paragraph, with its length where the file tells it."""
    return (*_shapes(paragraph), *_borders(paragraph), *_underlined(runs), *_signs(runs))


def _shapes(paragraph: Any) -> Iterator[Stroke]:
    for drawing in paragraph.iter(f"{WP}anchor", f"{WP}inline"):
        shape = drawing.find(f".//{A}prstGeom")
        extent = drawing.find(f"{WP}extent")
        if shape is not None and extent is not None and shape.get("prst") in LINES:
            length = extent.get("cx", "")
            yield Stroke(
                int(length) * MM_PER_EMU if length.isdigit() else None, drawing.find(f".//{A}prstDash") is None
            )
    for line in paragraph.iter(f"{V}line", f"{V}shape"):
        is_line = line.tag == f"{V}line" or line.get("type") in OLD_LINES
        if is_line and not any(above.tag == f"{MC}Fallback" for above in line.iterancestors()):
            length = _span(line) if line.tag == f"{V}line" else _styled(line)
            yield Stroke(length, line.find(f"{V}stroke[@dashstyle]") is None)


def _span(line: Any) -> float | None:
    start, end = (_millimetres(line.get(name, "").split(",")[0]) for name in ("from", "to"))
    return None if start is None or end is None else abs(end - start)


def _styled(shape: Any) -> float | None:
    told = STYLED.search(shape.get("style", ""))
    return _millimetres(told[1]) if told else None


def _millimetres(text: str) -> float | None:
    told = LENGTH.match(text)
    return None if told is None else float(told[1]) * UNITS[told[2]]


def _borders(paragraph: Any) -> Iterator[Stroke]:
    """A border is as wide as the column, which depends on the table: its length is left open."""
    border = paragraph.find(f"{qn('w:pPr')}/{qn('w:pBdr')}")
    for side in ("w:bottom", "w:top"):
        edge = border.find(qn(side)) if border is not None else None
        if edge is not None and edge.get(qn("w:val")) not in (None, "nil", "none"):
            yield Stroke(None, edge.get(qn("w:val")) == "single")


def _underlined(runs: list[Run]) -> Iterator[Stroke]:
    length = sum(width_of_run(run) for run in runs if run.underlined)
    if length:
        yield Stroke(length)


def _signs(runs: list[Run]) -> Iterator[Stroke]:
    text = "".join(run.text for run in runs).replace(" ", "")
    if SIGNS.match(text) and not set(text) <= {"."}:
        yield Stroke(sum(width_of_run(run) for run in runs), set(text) <= {"_", "—"})
