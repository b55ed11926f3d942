"""Advice beside a snapshot, with the names that people know."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from apps.judging.models import Snapshot
from apps.judging.ranking import advice
from apps.judging.ranking.advice import Change, Leniency, Pair, Spread
from apps.judging.ranking.errors import Spot
from apps.judging.ranking.reading import read_entries, read_rules
from apps.rounds.models import Body

# Proposals to think from, not rules: the page lets its reader ask with others.
SPREAD_FROM = Fraction(15)
DISTANCE_FROM = Fraction(10)


@dataclass(frozen=True)
class Advice:
    """Spreads and pairs in points; entries by code, judges by the id of their appointment."""

    spreads: list[Spread]
    leniencies: list[Leniency]
    pairs: list[Pair]
    by_median: list[Change]
    by_trimmed_mean: list[Change]
    just_missed: Mapping[str, list[str]]
    quota: Mapping[str, int]


def advice_of(
    snapshot: Snapshot,
    *,
    quota: Mapping[str, int],
    spread_from: Fraction = SPREAD_FROM,
    distance_from: Fraction = DISTANCE_FROM,
    without: frozenset[str] = frozenset(),
) -> Advice:
    """No query; entries `without` are left out of every figure before anything is computed."""
    rules = read_rules(snapshot.body["rules"], Spot("rules"))
    entries = read_entries([e for e in snapshot.body["entries"] if e["id"] not in without], Spot("entries"), rules)
    totals = advice.sheet_totals(entries, rules)
    return Advice(
        spreads=advice.spreads(totals, alert_from=spread_from),
        leniencies=advice.leniencies(totals),
        pairs=advice.pairs_apart(totals, from_distance=distance_from),
        by_median=advice.changes(entries, rules, advice.by_median),
        by_trimmed_mean=advice.changes(entries, rules, advice.by_trimmed_mean),
        just_missed=advice.just_missed(entries, rules, quota),
        quota=quota,
    )


def names_of_judges(snapshot: Snapshot) -> dict[str, str]:
    """The panel's names by the id that the snapshot knows; one query. Who left the panel meanwhile has none."""
    seats = snapshot.round.appointments.filter(body=Body.PANEL).select_related("person").order_by("seat")
    return {str(seat.pk): seat.person.full_name for seat in seats}
