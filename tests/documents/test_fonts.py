"""The fonts that travel with the house."""

import unicodedata
from itertools import product
from pathlib import Path

import pytest

from tieubieu.documents import ink
from tieubieu.documents.ink import press

PLAIN, TONES = "aăâeêioôơuưy", ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]
SMALL = {unicodedata.normalize("NFC", letter + tone) for letter, tone in product(PLAIN, TONES)} | {"đ"}
LETTERS = "".join(sorted(letter for each in SMALL for letter in (each, each.upper()) if not letter.isascii()))
FACES = [
    ("Tinos", "regular", "normal"),
    ("Tinos", "bold", "normal"),
    ("Tinos", "regular", "italic"),
    ("Tinos", "bold", "italic"),
    ("EB Garamond", "semibold", "normal"),
]
PROOF = """#let data = json("/data.json")
#set document(title: data.title, date: datetime(year: 2026, month: 1, day: 5))
#set text(font: "{0}", weight: "{1}", style: "{2}", lang: "vi", fallback: false)
#data.letters"""


@pytest.mark.parametrize("face", FACES, ids=" ".join)
def test_every_vietnamese_letter_has_a_glyph_in_every_face(monkeypatch, face):
    monkeypatch.setattr(press, "layout_files", lambda name: {f"{name}/main.typ": PROOF.format(*face).encode()})

    assert len(LETTERS) == 134
    assert ink.render("proof", {"title": "Chữ", "dated": "2026-01-05", "letters": LETTERS}).pages == 1


def test_each_font_travels_with_its_licence():
    families = {path.stem.split("-")[0] for path in press.FONTS.glob("*.ttf")}

    assert families == {"Tinos", "EBGaramond"}
    for family in families:
        assert "SIL OPEN FONT LICENSE" in Path(press.FONTS, f"{family}-OFL.txt").read_text("utf-8")
