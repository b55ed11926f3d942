"""How long a line is on paper. Tinos has the widths of Times New Roman, which the decree demands."""

from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

from tieubieu.decree30.document import Line, Run

FONTS = Path(__file__).resolve().parent.parent / "documents" / "fonts"
FACES = {(False, False): "Regular", (True, False): "Bold", (False, True): "Italic", (True, True): "BoldItalic"}
MM_PER_POINT = 25.4 / 72
# Measured large and scaled down: small sizes are rounded to the screen's dots.
DRAWN_AT = 1000


@lru_cache(maxsize=len(FACES))
def _face(bold: bool, italic: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"Tinos-{FACES[bold, italic]}.ttf"), DRAWN_AT)


def width_of_run(run: Run, text: str | None = None) -> float:
    """The width of the run's text in millimetres, as if it were set in Times New Roman."""
    return float(_face(run.bold, run.italic).getlength(run.text if text is None else text)) * (
        run.size / DRAWN_AT * MM_PER_POINT
    )


def width(line: Line) -> float:
    """The width of the line's text in millimetres, without what is blank around it."""
    runs = list(line.runs)
    while runs and runs[0].is_blank:
        runs.pop(0)
    while runs and runs[-1].is_blank:
        runs.pop()
    texts = [run.text for run in runs]
    if texts:
        texts[0] = texts[0].lstrip()
        texts[-1] = texts[-1].rstrip()
    return sum(width_of_run(run, text) for run, text in zip(runs, texts, strict=True))
