"""From exact figures to plain data with decimal strings."""

from fractions import Fraction
from typing import TypedDict

from apps.judging.ranking.rounding import exact, plain
from apps.judging.ranking.terms import Entry, Outcome, Standing


class RankedCriterion(TypedDict):
    value: str | None
    exact: str | None


class RankedEntry(TypedDict):
    id: str
    group: str
    total: str | None
    total_exact: str | None
    criteria: dict[str, RankedCriterion]
    counted: int
    rank: int | None
    tied: bool
    passed: bool


class Ranking(TypedDict):
    entries: list[RankedEntry]
    digest: str


def written(entry: Entry, outcome: Outcome, standing: Standing) -> RankedEntry:
    """One entry of the output; what has no result is null, never zero."""
    return {
        "id": entry.id,
        "group": entry.group,
        "total": _shown(outcome.total),
        "total_exact": _exact(outcome.total),
        "criteria": {code: _criterion(value) for code, value in outcome.criteria.items()},
        "counted": outcome.counted,
        "rank": standing.rank,
        "tied": standing.tied,
        "passed": standing.passed,
    }


def _criterion(value: Fraction | None) -> RankedCriterion:
    return {"value": _shown(value), "exact": _exact(value)}


def _shown(value: Fraction | None) -> str | None:
    return None if value is None else plain(value)


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else exact(value)
