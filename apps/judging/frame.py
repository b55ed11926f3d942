"""What a judge marks: the criteria of the round, each whole or divided into parts (Điều 16.1 TT 26/2014/TT-BCT)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from apps.rounds.rules import parts_for


@dataclass(frozen=True)
class SheetLine:
    """One box of the sheet. `key` names it in the sheet: the criterion's code, or code and place of its part.

    `part` is empty for a criterion that is marked as a whole; `heading` is the criterion that the part belongs to.
    """

    key: str
    criterion: str
    part: str
    label: str
    most: Decimal
    heading: str = ""

    @property
    def words(self) -> str:
        return f"{self.part}. {self.label}" if self.part else self.label


def lines_for(rules: dict[str, Any], group: str) -> list[SheetLine]:
    """The boxes of a sheet for an entry of the product group, in the order of the form (Phụ lục 4)."""
    parts = parts_for(rules, group)
    found: list[SheetLine] = []
    for criterion in rules["criteria"]:
        divided = parts.get(criterion["code"], [])
        found += [_part(criterion, place, part) for place, part in enumerate(divided, 1)] or [_whole(criterion)]
    return found


def box_of(line: SheetLine, value: Decimal | None) -> dict[str, object]:
    """The line as the score sheet of the design system shows it."""
    return {"code": line.key, "label": line.words, "max": line.most, "value": value, "group": line.heading}


def _whole(criterion: Mapping[str, Any]) -> SheetLine:
    return SheetLine(criterion["code"], criterion["code"], "", criterion["label"], Decimal(criterion["max"]))


def _part(criterion: Mapping[str, Any], place: int, part: Mapping[str, str]) -> SheetLine:
    code = criterion["code"]
    return SheetLine(
        f"{code}-{place}", code, part["code"], part["label"], Decimal(part["max"]), heading=criterion["label"]
    )
