"""What a score sheet's page needs to know: maxima and totals, exact to the last digit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tieubieu.ui import words

HUNDREDTHS = 2


@dataclass(frozen=True)
class Line:
    """One criterion. `value` None means not scored; `maximum` and `weight` are exact."""

    code: str
    label: str
    maximum: Decimal
    value: Decimal | None = None
    weight: Decimal = Decimal(1)
    hint: str = ""
    group: str = ""

    @property
    def maximum_hundredths(self) -> int:
        return words.rounded(words.exact(self.maximum), HUNDREDTHS)

    @property
    def weight_hundredths(self) -> int:
        return words.rounded(words.exact(self.weight), HUNDREDTHS)

    @property
    def text(self) -> str:
        """What stands in the box: `35,5`, or nothing."""
        return "" if self.value is None else words.number(self.value).replace(".", "")


@dataclass(frozen=True)
class Sums:
    """`total` of what is scored, and `of` the most that can be reached."""

    total: str
    of: str
    scored: int
    lines: int


def line(item: object) -> Line:
    """A `Line` from a `Line`, a dict, or any object with `code`, `label`, `max` or `maximum`, and `value`."""
    if isinstance(item, Line):
        return item
    read = item.get if isinstance(item, Mapping) else lambda name, other=None: getattr(item, name, other)
    return Line(
        code=str(read("code")),
        label=str(read("label")),
        maximum=_decimal(read("maximum", None) or read("max")),
        value=None if read("value", None) in (None, "") else _decimal(read("value")),
        weight=_decimal(read("weight", None) or 1),
        hint=str(read("hint", "") or ""),
        group=str(read("group", "") or ""),
    )


def _decimal(value: Any) -> Decimal:
    return Decimal(str(value))


def sums(lines: Iterable[Line]) -> Sums:
    """The running total before any script has run; the script repeats this sum exactly."""
    known = list(lines)
    given = [one for one in known if one.value is not None]
    total = sum((one.value * one.weight for one in given if one.value is not None), Decimal(0))
    most = sum((one.maximum * one.weight for one in known), Decimal(0))
    return Sums(words.number(total), words.number(most), len(given), len(known))


def headed(lines: Iterable[Line]) -> list[tuple[Line, Sums | None]]:
    """Each line, and before the first line of a group the group's own running total."""
    known = list(lines)
    found: list[tuple[Line, Sums | None]] = []
    before = ""
    for one in known:
        is_first = bool(one.group) and one.group != before
        found.append((one, sums(other for other in known if other.group == one.group) if is_first else None))
        before = one.group
    return found
