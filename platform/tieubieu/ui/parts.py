"""What components are fed with. A template reads them by attribute, so a row or a dict with the same names will do."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Progression = Literal["done", "current", "next"]


@dataclass(frozen=True)
class Crumb:
    """One place above the current page."""

    label: str
    url: str = ""


@dataclass(frozen=True)
class Step:
    """One step of a timeline: what, who does it, by when, and the note that matters now."""

    label: str
    state: Progression
    who: str = ""
    when: str | date | datetime | None = None
    note: str = ""


@dataclass(frozen=True)
class Figure:
    """One summary figure; `url` leads to the rows behind it."""

    label: str
    value: object
    unit: str = ""
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class Tile:
    """One square of the tile map. `level` 0 (nothing) to 4 (most) is its shade, `value` what is written in it."""

    code: str
    name: str
    value: object = ""
    level: int = 0
    url: str = ""
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True)
class Reconciliation:
    """A total and the parts it must equal."""

    label: str
    total: int
    parts: tuple[Figure, ...] = field(default_factory=tuple)

    @property
    def sum(self) -> int:
        return sum(int(str(part.value)) for part in self.parts)

    @property
    def is_balanced(self) -> bool:
        return self.sum == self.total


def figures_of(pairs: Iterable[object]) -> list[object]:
    """Let a caller write `("Đã nhận", 43)` where a `Figure` is meant."""
    return [Figure(*item) if isinstance(item, tuple) else item for item in pairs]
