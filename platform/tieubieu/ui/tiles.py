"""The tile map: one square per province, north above south, drawn as SVG without a line of geography to license.

The two archipelagos stand where an authority's map must show them, named with the unit they belong to.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tieubieu.ui import words

WIDTH, HEIGHT, GAP = 60, 56, 4
COLUMNS, ROWS = 7, 16

# code of the unit (2025) -> row, column
PLACES: dict[str, tuple[int, int]] = {
    "12": (0, 0), "15": (0, 1), "08": (0, 2), "04": (0, 3),
    "11": (1, 0), "14": (1, 1), "25": (1, 2), "19": (1, 3), "20": (1, 4),
    "01": (2, 2), "24": (2, 3), "31": (2, 4), "22": (2, 5),
    "38": (3, 1), "37": (3, 2), "33": (3, 3),
    "40": (4, 1),
    "42": (5, 2),
    "44": (6, 2),
    "46": (7, 3),
    "48": (8, 4),
    "51": (9, 4),
    "52": (10, 4),
    "66": (11, 4),
    "80": (12, 1), "75": (12, 2), "68": (12, 3), "56": (12, 4),
    "91": (13, 0), "82": (13, 1), "79": (13, 2),
    "92": (14, 0), "86": (14, 1),
    "96": (15, 0),
}  # fmt: skip


@dataclass(frozen=True)
class Drawn:
    """A square with its corner in the drawing's own units, its name on at most two lines, and its shade."""

    name: str
    lines: tuple[str, ...]
    value: str
    level: int
    url: str
    x: int
    y: int

    @property
    def middle(self) -> int:
        return self.x + WIDTH // 2

    @property
    def baselines(self) -> list[tuple[str, int]]:
        first = self.y + (17 if len(self.lines) == 2 else 23)
        return [(text, first + 14 * n) for n, text in enumerate(self.lines)]

    @property
    def value_line(self) -> int:
        return self.y + HEIGHT - 8


ISLANDS = (("Hoàng Sa", "TP Đà Nẵng", 8), ("Trường Sa", "Khánh Hòa", 12))


@dataclass(frozen=True)
class TileMap:
    tiles: tuple[Drawn, ...]
    islands: tuple[Drawn, ...]
    width: int = COLUMNS * (WIDTH + GAP) - GAP
    height: int = ROWS * (HEIGHT + GAP) - GAP
    side: tuple[int, int] = (WIDTH, HEIGHT)


def place(items: Iterable[object]) -> TileMap:
    """Put each item where its own row and column say, else where `PLACES` knows its code; `KeyError` for neither."""
    return TileMap(tuple(_drawn(item) for item in items), tuple(_island(*one) for one in ISLANDS))


def _drawn(item: object) -> Drawn:
    read = item.get if isinstance(item, Mapping) else lambda name, other=None: getattr(item, name, other)
    row, column = _position(read("code"), read("row", None), read("column", None))
    return Drawn(
        name=str(read("name")),
        lines=two_lines(str(read("name"))),
        value=_text(read("value", "")),
        level=max(0, min(4, int(read("level", 0) or 0))),
        url=str(read("url", "") or ""),
        x=column * (WIDTH + GAP),
        y=row * (HEIGHT + GAP),
    )


def _position(code: Any, row: Any, column: Any) -> tuple[int, int]:
    return PLACES[str(code)] if row is None or column is None else (int(row), int(column))


def _text(value: object) -> str:
    return words.number(value) if isinstance(value, int) else str(value or "")


def _island(name: str, unit: str, row: int) -> Drawn:
    x, y = (COLUMNS - 1) * (WIDTH + GAP), row * (HEIGHT + GAP)
    return Drawn(f"Quần đảo {name} ({unit})", two_lines(name), "", 0, "", x, y)


def two_lines(name: str) -> tuple[str, ...]:
    """Break a name where its halves are most even: `Thái / Nguyên`, `Hồ / Chí Minh`, `Huế`. "TP" is left out."""
    parts = name.removeprefix("TP ").removeprefix("Thành phố ").removeprefix("Tỉnh ").split()
    if len(parts) < 2:
        return tuple(parts)
    cuts = [(" ".join(parts[:n]), " ".join(parts[n:])) for n in range(1, len(parts))]
    return min(cuts, key=lambda pair: max(len(pair[0]), len(pair[1])))
