"""Figures, and how a run tells them."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from time import perf_counter
from typing import Any

SHOWN_LOST = 3


@dataclass(frozen=True)
class Figure:
    """One number. `target` is the most it may be; `note` says how it was come by."""

    name: str
    value: float
    unit: str
    target: float | None = None
    note: str = ""

    @property
    def is_good(self) -> bool:
        return self.target is None or self.value <= self.target

    def as_line(self) -> str:
        verdict = "đạt" if self.is_good else "KHÔNG ĐẠT"
        aim = "" if self.target is None else f"  (≤ {number(self.target)} {self.unit}: {verdict})"
        note = f"  – {self.note}" if self.note else ""
        return f"{self.name:<58} {number(self.value):>9} {self.unit}{aim}{note}"

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "is_good": self.is_good}


def seconds(work: Callable[[], object]) -> float:
    """How long the work takes."""
    start = perf_counter()
    work()
    return perf_counter() - start


def typical(times: Sequence[float]) -> float:
    """The median: one slow moment of a busy machine does not count."""
    return statistics.median(times)


def told_of(times: Sequence[float], unit: str, factor: float = 1) -> str:
    """How a median was come by."""
    return f"trung vị của {len(times)}, nhanh nhất {number(min(times) * factor)} {unit}"


def number(value: float) -> str:
    """Three digits that count, with a decimal comma."""
    if not value:
        return "0"
    digits = 0 if value >= 100 else 1 if value >= 10 else 2 if value >= 1 else 3
    return f"{value:.{digits}f}".replace(".", ",")


def proof_figure(name: str, told: int, lost: Sequence[str]) -> Figure:
    """How many of the acknowledged acts the database does not bear out; not one may be."""
    note = f"đã đối chiếu {told} lời báo" + (f": {'; '.join(lost[:SHOWN_LOST])}" if lost else "")
    return Figure(name, len(lost), "lần", 0, note)
