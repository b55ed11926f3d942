"""The players of the demo nation: invented facilities, entries, judges and marks behind published round figures.

Pure and repeatable: the same slug gives the same `Play` on every machine. Names come from the data files; marks are
drawn from SHA-256, so no library can change them, and are settled point by point until each mean stands exactly where
the data say, above or below the pass mark.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
SLUGS = ("daklak", "dongthap", "khanhhoa", "thainguyen")
PASS_MARK = 70
# Marks are held in half points while they are made, so every sum is whole.
MOST = {"C1": 80, "C2": 80, "C3": 20, "C4": 20}
Halves = dict[str, int]
Scores = Mapping[str, str]


@dataclass(frozen=True)
class DemoFacility:
    tax_code: str
    name: str
    kind: str
    commune_code: str
    address: str
    representative: str

    def as_fields(self) -> dict[str, str]:
        """What the register of facilities asks for, by its own names."""
        return dict(vars(self))


@dataclass(frozen=True)
class DemoEntry:
    """`items` are the products: one, or several where `set_case` says which legal kind of set it is."""

    key: str
    tax_code: str
    name: str
    group: str
    description: str
    items: tuple[str, ...]
    set_case: str
    passes: bool
    merge_into: str | None

    @property
    def kind(self) -> str:
        return "set" if self.set_case else "product"


@dataclass(frozen=True)
class DemoSet:
    """Passed entries of one facility that the council joins into one set after scoring."""

    key: str
    name: str
    set_case: str
    members: tuple[str, ...]


@dataclass(frozen=True)
class DemoJudge:
    key: str
    name: str
    academic_title: str
    position: str


@dataclass(frozen=True)
class SetAside:
    """A sheet that does not count: `status` is `recused` or `absent`."""

    status: str
    reason: str


@dataclass(frozen=True)
class Play:
    """One round. `published` are the real figures of `source`; everything else is invented and says so.

    `marks` and `set_aside` are keyed by (judge, entry) and together hold every pair once. `selected` and `nominated`
    are keys of sets, or of entries that join no set.
    """

    province: str
    province_code: str
    province_name: str
    round_code: str
    round_name: str
    year: int
    ordinal: int
    plan_number: str
    plan_on: date
    source: str
    note: str
    published: Mapping[str, int]
    facilities: tuple[DemoFacility, ...]
    entries: tuple[DemoEntry, ...]
    sets: tuple[DemoSet, ...]
    judges: tuple[DemoJudge, ...]
    marks: Mapping[tuple[str, str], Scores]
    set_aside: Mapping[tuple[str, str], SetAside]
    selected: tuple[str, ...]
    nominated: tuple[str, ...]

    def mean(self, entry: str) -> Fraction:
        """The exact mean of the sheets that count."""
        totals = [_total(self.marks[j.key, entry]) for j in self.judges if (j.key, entry) in self.marks]
        return sum(totals, Fraction(0)) / len(totals)


def cast(province: str) -> Play:
    """The play of one province; raises `KeyError` for a slug that has none."""
    if province not in SLUGS:
        raise KeyError(province)
    told = json.loads((DATA / "plays" / f"{province}.json").read_text(encoding="utf-8"))
    facilities = tuple(_facility(line) for line in told["facilities"])
    entries = tuple(_entry(line, product) for line in told["facilities"] for product in line["products"])
    judges = tuple(DemoJudge(**{k: v for k, v in line.items() if k != "demo"}) for line in told["judges"])
    set_aside = _set_aside(entries, judges)
    marks = _all_marks(entries, judges, set_aside)
    sets = _sets(told, entries)
    means = _means(entries, marks)
    selected = _select(entries, sets, means, told["published"])
    return Play(
        **_round_fields(told),
        facilities=facilities,
        entries=entries,
        sets=sets,
        judges=judges,
        marks={pair: _written(halves) for pair, halves in marks.items()},
        set_aside=set_aside,
        selected=selected,
        nominated=selected[: told["published"].get("nominated", 0)],
    )


def _round_fields(told: Mapping[str, Any]) -> dict[str, Any]:
    province, round = told["province"], told["round"]
    return {
        "province": province["slug"],
        "province_code": province["code"],
        "province_name": province["name"],
        "round_code": round["code"],
        "round_name": round["name"],
        "year": round["year"],
        "ordinal": round["ordinal"],
        "plan_number": round["plan_number"],
        "plan_on": date.fromisoformat(round["plan_on"]),
        "source": told["source"],
        "note": told["note"],
        "published": told["published"],
    }


def _facility(line: Mapping[str, Any]) -> DemoFacility:
    return DemoFacility(**{k: v for k, v in line.items() if k not in ("demo", "products")})


def _entry(facility: Mapping[str, Any], product: Mapping[str, Any]) -> DemoEntry:
    fields = {**product, "items": tuple(product["items"]), "merge_into": product.get("merge_into")}
    return DemoEntry(tax_code=facility["tax_code"], **fields)


def _sets(told: Mapping[str, Any], entries: tuple[DemoEntry, ...]) -> tuple[DemoSet, ...]:
    return tuple(
        DemoSet(**line, members=tuple(e.key for e in entries if e.merge_into == line["key"]))
        for line in told.get("sets", [])
    )


# --- Sheets ------------------------------------------------------------------------------------


def _set_aside(entries: tuple[DemoEntry, ...], judges: tuple[DemoJudge, ...]) -> dict[tuple[str, str], SetAside]:
    """The third judge is related to the last facility and steps back; the sixth misses two entries."""
    kin, away = judges[2].key, judges[5].key
    related = [e.key for e in entries if e.tax_code == entries[-1].tax_code]
    missed = [e.key for e in entries if e.key not in related][-2:]
    recused = SetAside("recused", "Có người thân làm việc tại cơ sở dự bình chọn (minh họa)")
    absent = SetAside("absent", "Vắng mặt có lý do trong buổi chấm (minh họa)")
    return {(kin, key): recused for key in related} | {(away, key): absent for key in missed}


def _all_marks(
    entries: tuple[DemoEntry, ...],
    judges: tuple[DemoJudge, ...],
    set_aside: Mapping[tuple[str, str], SetAside],
) -> dict[tuple[str, str], Halves]:
    marks: dict[tuple[str, str], Halves] = {}
    for entry in entries:
        counted = [judge.key for judge in judges if (judge.key, entry.key) not in set_aside]
        sheets = [_draw(entry.key, judge) for judge in counted]
        _settle(sheets, _wanted(entry, len(sheets), entries))
        marks |= {(judge, entry.key): sheet for judge, sheet in zip(counted, sheets, strict=True)}
    _tie(entries, judges, set_aside, marks)
    return marks


def _wanted(entry: DemoEntry, sheets: int, entries: tuple[DemoEntry, ...]) -> int:
    """The sum of all half points of an entry. One entry stands on the pass mark and one half a point below it."""
    line = 2 * PASS_MARK * sheets
    same = [e.key for e in entries if e.passes == entry.passes]
    if entry.key == same[len(same) // 2]:
        return line if entry.passes else line - 1
    distance = 1 + _dice(entry.key, "mean", 36 if entry.passes else 24)
    return line + distance * sheets + _dice(entry.key, "rest", sheets) if entry.passes else line - distance * sheets


def _draw(entry: str, judge: str) -> Halves:
    """A judge's first impression, before the sheets are settled."""
    return {code: most * (60 + _dice(entry, judge, code, 30)) // 100 for code, most in MOST.items()}


def _settle(sheets: list[Halves], wanted: int) -> None:
    """Move the sheets by half points, one sheet and criterion after the other, until they add up to `wanted`."""
    missing = wanted - sum(sum(sheet.values()) for sheet in sheets)
    step = 1 if missing > 0 else -1
    places = [(sheet, code) for code in ("C1", "C2", "C1", "C2", "C3", "C4") for sheet in sheets]
    turn = 0
    while missing:
        sheet, code = places[turn % len(places)]
        turn += 1
        if 0 <= sheet[code] + step <= MOST[code]:
            sheet[code] += step
            missing -= step


def _tie(
    entries: tuple[DemoEntry, ...],
    judges: tuple[DemoJudge, ...],
    set_aside: Mapping[tuple[str, str], SetAside],
    marks: dict[tuple[str, str], Halves],
) -> None:
    """The second of the first three passing entries of a group ties with the first; the third loses by C1 alone."""
    disturbed = {entry for _, entry in set_aside}
    edge = [e.key for e in entries if e.passes][sum(e.passes for e in entries) // 2]
    free = [e for e in entries if e.passes and e.key not in disturbed and e.key != edge and e.group == "2"]
    first, second, third = (entry.key for entry in free[:3])
    keys = [judge.key for judge in judges]
    for judge, other in zip(keys, keys[1:] + keys[:1], strict=True):
        marks[judge, second] = dict(marks[other, first])
        marks[judge, third] = dict(marks[judge, first])
    giver = next(j for j in keys if marks[j, third]["C1"] > 0 and marks[j, third]["C2"] < MOST["C2"])
    marks[giver, third]["C1"] -= 1
    marks[giver, third]["C2"] += 1


def _dice(*words: str | int) -> int:
    """A number below the last word, the same for the same words everywhere."""
    *seed, sides = words
    found = hashlib.sha256("|".join(map(str, seed)).encode()).digest()
    return int.from_bytes(found[:8], "big") % int(sides)


def _written(halves: Halves) -> Scores:
    return {code: format(Decimal(value) / 2, "f") for code, value in halves.items()}


def _total(scores: Scores) -> Fraction:
    return sum((Fraction(value) for value in scores.values()), Fraction(0))


def _means(entries: tuple[DemoEntry, ...], marks: Mapping[tuple[str, str], Halves]) -> dict[str, Fraction]:
    sums: dict[str, list[int]] = {entry.key: [] for entry in entries}
    for (_, entry), halves in marks.items():
        sums[entry].append(sum(halves.values()))
    return {entry: Fraction(sum(found), 2 * len(found)) for entry, found in sums.items()}


# --- The council -------------------------------------------------------------------------------


def _select(
    entries: tuple[DemoEntry, ...],
    sets: tuple[DemoSet, ...],
    means: Mapping[str, Fraction],
    published: Mapping[str, int],
) -> tuple[str, ...]:
    """As many candidates as were recognised, best first, from as many facilities as were published."""
    owner = {e.merge_into or e.key: e.tax_code for e in entries if e.passes}
    best = {key: max(means[member] for member in _members(key, sets)) for key in owner}
    order = sorted(owner, key=lambda key: (-best[key], key))
    wanted = published.get("recognised", len(order))
    units = published.get("recognised_facilities")
    chosen = set(order[:wanted] if units is None else _from_units(order, owner, wanted, units))
    return tuple(key for key in order if key in chosen)


def _from_units(order: list[str], owner: Mapping[str, str], wanted: int, units: int) -> list[str]:
    """The best of each of the first `units` facilities, then the next best of the same facilities."""
    firsts: dict[str, str] = {}
    for key in order:
        if len(firsts) < units:
            firsts.setdefault(owner[key], key)
    taken = set(firsts.values())
    others = [key for key in order if owner[key] in firsts and key not in taken]
    return [*taken, *others[: wanted - units]]


def _members(key: str, sets: tuple[DemoSet, ...]) -> tuple[str, ...]:
    return next((found.members for found in sets if found.key == key), (key,))
