"""Figures beside a result, for people to think about. Nothing here ever changes a score, a rank or a pass.

Deviations compare whole sheets, Σ weight × score, so that a judge who marks one criterion high and another low is not
called lenient. A figure that rests on too few sheets is not given at all: `None`, which the page words as such.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations

from apps.judging.ranking.aggregates import outcome
from apps.judging.ranking.standing import standings
from apps.judging.ranking.terms import Aggregate, Entry, Method, Rules, Sheet, Standing, Status

# Below these a mean says more about chance than about the judge.
FEWEST_ENTRIES = 5
FEWEST_COMMON = 5

Totals = Mapping[str, Mapping[str, Fraction]]  # entry → judge → the sheet's total


@dataclass(frozen=True)
class Spread:
    """How far apart the judges are on one entry, in points; `alert` from the threshold on."""

    entry: str
    counted: int
    lowest: Fraction
    highest: Fraction
    alert: bool

    @property
    def width(self) -> Fraction:
        return self.highest - self.lowest


@dataclass(frozen=True)
class Leniency:
    """A judge's mean, and by how much they mark above (+) or below (−) the others who marked the same entries."""

    judge: str
    sheets: int
    mean: Fraction
    against_others: Fraction | None


@dataclass(frozen=True)
class Pair:
    """Two judges' mean distance over the entries that both marked."""

    one: str
    other: str
    common: int
    distance: Fraction


@dataclass(frozen=True)
class Change:
    """What another method would make of one entry; only those whose rank or pass would differ are listed."""

    entry: str
    now: Standing
    then: Standing


def sheet_totals(entries: Iterable[Entry], rules: Rules) -> Totals:
    """The total of each complete locked sheet, exact."""
    return {
        entry.id: {
            sheet.judge: total for sheet in entry.sheets for total in [_total(sheet, rules)] if total is not None
        }
        for entry in entries
    }


def spreads(totals: Totals, *, alert_from: Fraction) -> list[Spread]:
    """Widest first; an entry with fewer than two sheets has no spread."""
    found = [
        Spread(entry, len(marks), low, high, high - low >= alert_from)
        for entry, marks in totals.items()
        if len(marks) > 1
        for low, high in [(min(marks.values()), max(marks.values()))]
    ]
    return sorted(found, key=lambda spread: (-spread.width, spread.entry))


def leniencies(totals: Totals) -> list[Leniency]:
    """One line a judge, the most lenient first, those with too few sheets last."""
    given: defaultdict[str, list[Fraction]] = defaultdict(list)
    apart: defaultdict[str, list[Fraction]] = defaultdict(list)
    for marks in totals.values():
        for judge, mark in marks.items():
            given[judge].append(mark)
            others = [value for name, value in marks.items() if name != judge]
            if others:
                apart[judge].append(mark - _mean(others))
    found = [
        Leniency(judge, len(marks), _mean(marks), _mean_of_enough(apart[judge], FEWEST_ENTRIES))
        for judge, marks in given.items()
    ]
    return sorted(found, key=_most_lenient_first)


def pairs_apart(totals: Totals, *, from_distance: Fraction) -> list[Pair]:
    """Pairs of judges whose sheets lie at least so far apart in the mean, the farthest first."""
    apart: defaultdict[tuple[str, str], list[Fraction]] = defaultdict(list)
    for marks in totals.values():
        for one, other in combinations(sorted(marks), 2):
            apart[one, other].append(abs(marks[one] - marks[other]))
    found = [
        Pair(one, other, len(distances), _mean(distances))
        for (one, other), distances in apart.items()
        if len(distances) >= FEWEST_COMMON and _mean(distances) >= from_distance
    ]
    return sorted(found, key=lambda pair: (-pair.distance, pair.one, pair.other))


def by_median(rules: Rules) -> Rules:
    return replace(rules, aggregate=Aggregate(rules.aggregate.over, Method.MEDIAN, 0, 0))


def by_trimmed_mean(rules: Rules) -> Rules:
    """Without the highest and the lowest."""
    return replace(rules, aggregate=Aggregate(rules.aggregate.over, Method.TRIMMED_MEAN, 1, 1))


def changes(entries: Sequence[Entry], rules: Rules, to: Callable[[Rules], Rules]) -> list[Change]:
    """The entries whose rank or pass the other rules would change, in the order given."""
    now, then = (_standings(entries, chosen) for chosen in (rules, to(rules)))
    rows = zip(entries, now, then, strict=True)
    return [
        Change(entry.id, before, after)
        for entry, before, after in rows
        if (before.rank, before.passed) != (after.rank, after.passed)
    ]


def just_missed(entries: Sequence[Entry], rules: Rules, quota: Mapping[str, int]) -> dict[str, list[str]]:
    """Per group with a quota, the passed entries that would be first behind it: all that share the next rank.

    Whoever shares the last rank inside the quota is inside; the tie is the council's to decide.
    """
    found: dict[str, list[str]] = {}
    ranked = [(entry, place) for entry, place in zip(entries, _standings(entries, rules), strict=True) if place.passed]
    for group, most in quota.items():
        behind = [(place.rank or 0, entry.id) for entry, place in ranked if entry.group == group]
        behind = [(rank, name) for rank, name in behind if rank > most]
        found[group] = [name for rank, name in sorted(behind) if rank == min(behind)[0]]
    return found


def _total(sheet: Sheet, rules: Rules) -> Fraction | None:
    if sheet.status is not Status.LOCKED or any(c.code not in sheet.scores for c in rules.criteria if c.weight):
        return None
    return sum((c.weight * sheet.scores[c.code] for c in rules.criteria if c.weight), Fraction(0))


def _standings(entries: Sequence[Entry], rules: Rules) -> list[Standing]:
    return standings([outcome(entry, rules) for entry in entries], rules)


def _most_lenient_first(line: Leniency) -> tuple[bool, Fraction, str]:
    return line.against_others is None, -(line.against_others or Fraction(0)), line.judge


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _mean_of_enough(values: Sequence[Fraction], fewest: int) -> Fraction | None:
    return _mean(values) if len(values) >= fewest else None
