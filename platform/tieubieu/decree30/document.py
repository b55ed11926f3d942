"""A document as the rules see it: pages, lines in reading order and drawn strokes; lengths in mm, sizes in points."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum


class Alignment(StrEnum):
    LEFT = "sát lề trái"
    CENTRE = "canh giữa"
    RIGHT = "sát lề phải"
    BOTH = "canh đều hai lề"


@dataclass(frozen=True)
class Run:
    """Text of one look, as it is shown: what is set in capitals stands in capitals."""

    text: str
    font: str
    size: float
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    colour: str = ""  # six hexadecimal digits; empty for black

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()


@dataclass(frozen=True)
class Cell:
    table: int
    row: int
    column: int


@dataclass(frozen=True)
class Stroke:
    """A horizontal line drawn with a paragraph. `length` is None where the file does not tell it."""

    length: float | None
    is_solid: bool = True


@dataclass(frozen=True)
class Layout:
    """How the paragraph stands. `spacing` counts single lines; None where it cannot be known."""

    alignment: Alignment = Alignment.LEFT
    first_indent: float = 0.0
    before: float = 0.0
    after: float = 0.0
    spacing: float | None = 1.0
    style: str = ""
    is_contextual: bool = False
    is_numbered: bool = False


@dataclass(frozen=True)
class Line:
    """One line as typed: a paragraph, or a part of it between forced breaks."""

    runs: tuple[Run, ...]
    layout: Layout = field(default_factory=Layout)
    cell: Cell | None = None
    strokes: tuple[Stroke, ...] = ()
    opens: bool = True
    closes: bool = True

    @property
    def raw(self) -> str:
        return unicodedata.normalize("NFC", "".join(run.text for run in self.runs))

    @property
    def text(self) -> str:
        return " ".join(self.raw.split())

    @property
    def inked(self) -> tuple[Run, ...]:
        return tuple(run for run in self.runs if not run.is_blank)

    @property
    def is_upper(self) -> bool:
        return self.text.upper() == self.text and any(char.isalpha() for char in self.text)

    def all_are(self, look: Callable[[Run], bool]) -> bool:
        return all(look(run) for run in self.inked)


@dataclass(frozen=True)
class PageNumber:
    """A field that shows the page's number. `pages` is `default`, `first` or `even`."""

    is_in_header: bool
    pages: str
    alignment: Alignment
    size: float
    italic: bool


@dataclass(frozen=True)
class Section:
    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    hides_first: bool = False
    starts_at: int | None = None
    is_arabic: bool = True
    numbers: tuple[PageNumber, ...] = ()

    @property
    def is_landscape(self) -> bool:
        return self.width > self.height


@dataclass(frozen=True)
class Document:
    sections: tuple[Section, ...]
    lines: tuple[Line, ...]
    has_text_boxes: bool = False
    pages: int | None = None


LETTERS = re.compile(r"[^\W\d_]+")


def bare(text: str) -> str:
    """Lower-case words without marks, signs and figures: how a line is recognised however it is written."""
    split = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    plain = "".join(char for char in split if not unicodedata.combining(char))
    return " ".join(LETTERS.findall(plain))
