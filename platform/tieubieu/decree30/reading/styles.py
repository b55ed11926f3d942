"""What a run or a paragraph looks like once its styles, their parents, the theme and the defaults are asked."""

from collections.abc import Iterator, Sequence
from typing import Any

from docx.oxml.ns import qn

from tieubieu.decree30.document import Alignment, Layout, Run

# Word's own, where a file says nothing at all.
FONT, SIZE = "Times New Roman", 10.0
MM_PER_TWIP = 25.4 / 1440
SINGLE = 1.15  # of Times New Roman: the height of a single line by its size
OFF = {"0", "false", "off", "none"}
ALIGNMENTS = {
    "center": Alignment.CENTRE,
    "right": Alignment.RIGHT,
    "end": Alignment.RIGHT,
    "both": Alignment.BOTH,
    "distribute": Alignment.BOTH,
}
BLACK = {"", "auto", "000000"}
DEEPEST = 20


class Styles:
    """The styles of one file; asked for every paragraph and run."""

    def __init__(self, styles: Any, theme_fonts: dict[str, str]) -> None:
        self._theme = theme_fonts
        self._by_id = {style.get(qn("w:styleId")): style for style in styles.iterchildren(qn("w:style"))}
        self._default = next((id for id, style in self._by_id.items() if _is_default_paragraph(style)), "")
        self._run_defaults = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
        self._paragraph_defaults = styles.find(f"{qn('w:docDefaults')}/{qn('w:pPrDefault')}/{qn('w:pPr')}")

    def style_of(self, paragraph: Any) -> str:
        named = _value(paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}"))
        return named if named in self._by_id else self._default

    def layout(self, paragraph: Any, size: float) -> Layout:
        """How the paragraph stands; `size` of its text turns points of line spacing into single lines."""
        style = self.style_of(paragraph)
        asked = [paragraph.find(qn("w:pPr")), *self._of(style, "w:pPr"), self._paragraph_defaults]
        first = _attribute(asked, "w:ind", "firstLine")
        hanging = _attribute(asked, "w:ind", "hanging")
        left = _attribute(asked, "w:ind", "left") or _attribute(asked, "w:ind", "start")
        return Layout(
            alignment=ALIGNMENTS.get(_value(_first(asked, "w:jc")), Alignment.LEFT),
            first_indent=(_number(left) + _number(first) - (0 if first else _number(hanging))) * MM_PER_TWIP,
            before=_number(_attribute(asked, "w:spacing", "before")) / 20,
            after=_number(_attribute(asked, "w:spacing", "after")) / 20,
            spacing=_spacing(asked, size),
            style=style,
            is_contextual=_is_on(_first(asked, "w:contextualSpacing")),
            is_numbered=_is_numbered(asked),
        )

    def run(self, run: Any, paragraph: Any, text: str) -> Run:
        """The run as it is shown."""
        own = run.find(qn("w:rPr")) if run is not None else None
        character = _value(own.find(qn("w:rStyle"))) if own is not None else ""
        styles = [self._of(character, "w:rPr"), self._of(self.style_of(paragraph), "w:rPr")]
        asked = [own, *styles[0], *styles[1], self._run_defaults]
        size = _number(_value(_first(asked, "w:sz"))) / 2
        colour = _value(_first(asked, "w:color")).lower()
        return Run(
            text=text.upper() if self._is_toggled("w:caps", own, styles) else text,
            font=self._font(asked),
            size=size or SIZE,
            bold=self._is_toggled("w:b", own, styles),
            italic=self._is_toggled("w:i", own, styles),
            underlined=_value(_first(asked, "w:u")) not in {"", *OFF},
            colour="" if colour in BLACK else colour,
        )

    def _is_toggled(self, name: str, own: Any, styles: Sequence[Sequence[Any]]) -> bool:
        """Said at the run it holds; said in a style of characters and in one of paragraphs it is off again."""
        if own is not None and own.find(qn(name)) is not None:
            return _is_on(own.find(qn(name)))
        told = [_first(chain, name) for chain in styles]
        if all(each is None for each in told):
            return _is_on(_first([self._run_defaults], name))
        return sum(_is_on(each) for each in told) % 2 == 1

    def _font(self, asked: Sequence[Any]) -> str:
        for fonts in _every(asked, "w:rFonts"):
            theme = fonts.get(qn("w:asciiTheme")) or fonts.get(qn("w:hAnsiTheme"))
            named = fonts.get(qn("w:ascii")) or fonts.get(qn("w:hAnsi"))
            found = self._theme.get(theme[:5], "") if theme else named
            if found:
                return str(found)
        return FONT

    def _of(self, style: str, part: str) -> list[Any]:
        """The part of the style and of those it is based on, nearest first."""
        found: list[Any] = []
        for _ in range(DEEPEST):
            element = self._by_id.get(style)
            if element is None:
                break
            found.append(element.find(qn(part)))
            style = _value(element.find(qn("w:basedOn")))
        return found


def _is_default_paragraph(style: Any) -> bool:
    return style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default"), "0") not in OFF


def _value(element: Any) -> str:
    return "" if element is None else element.get(qn("w:val")) or ""


def _every(asked: Sequence[Any], name: str) -> Iterator[Any]:
    for part in asked:
        if part is not None and (found := part.find(qn(name))) is not None:
            yield found


def _first(asked: Sequence[Any], name: str) -> Any:
    return next(_every(asked, name), None)


def _attribute(asked: Sequence[Any], name: str, attribute: str) -> str:
    told = (found.get(qn(f"w:{attribute}")) for found in _every(asked, name))
    return next((value for value in told if value), "")


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _is_on(element: Any) -> bool:
    return element is not None and element.get(qn("w:val"), "1").lower() not in OFF


def _is_numbered(asked: Sequence[Any]) -> bool:
    numbering = _first(asked, "w:numPr")
    return numbering is not None and _value(numbering.find(qn("w:numId"))) not in {"", "0"}


def _spacing(asked: Sequence[Any], size: float) -> float | None:
    line = _number(_attribute(asked, "w:spacing", "line"))
    rule = _attribute(asked, "w:spacing", "lineRule") or "auto"
    if not line:
        return 1.0
    if rule == "auto":
        return line / 240
    by_size = line / 20 / (size * SINGLE)
    return max(1.0, by_size) if rule == "atLeast" else by_size
