"""What the council decides from: the snapshot's standing."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from apps.councils.models import Selection, Session
from apps.dossiers.models import Entry
from apps.dossiers.states import EntryState
from apps.judging.models import Snapshot


@dataclass(frozen=True)
class Candidate:
    """An entry before the council; a set merged after scoring stands on its members' results."""

    entry: Entry
    total: str | None
    rank: int | None
    tied: bool
    passed: bool


def standing(snapshot: Snapshot) -> Mapping[str, dict[str, Any]]:
    """Snapshot results by entry code."""
    return {line["id"]: line for line in snapshot.body["results"]}


def candidates(snapshot: Snapshot, without: Collection[UUID] = ()) -> list[Candidate]:
    """Everything the council decides on, best first within each group; three queries however many entries.

    For a reader who may know nothing of the entries `without`, these are left out and the others stand as if they were
    alone: a gap between two ranks, or a tie with nobody, would tell of what is not shown.
    """
    results = standing(snapshot)
    entries = (
        Entry.objects.filter(round_id=snapshot.round_id, state=EntryState.ACCEPTED)
        .select_related("facility")
        .prefetch_related("members")
    )
    found = [_candidate(entry, results) for entry in entries if entry.pk not in without]
    found = _ranked_among_themselves(found) if without else found
    return sorted(found, key=lambda c: (c.entry.group, c.rank is None, c.rank or 0, c.entry.code))


def selected(session: Session) -> list[Selection]:
    return list(session.selections.filter(outcome="selected").select_related("entry__facility").order_by("entry__code"))


def _ranked_among_themselves(found: list[Candidate]) -> list[Candidate]:
    ranks: dict[str, list[int]] = defaultdict(list)
    for one in found:
        if one.rank is not None:
            ranks[one.entry.group].append(one.rank)
    return [one if one.rank is None else _reranked(one, one.rank, ranks[one.entry.group]) for one in found]


def _reranked(one: Candidate, rank: int, there: list[int]) -> Candidate:
    return replace(one, rank=1 + sum(other < rank for other in there), tied=there.count(rank) > 1)


def _candidate(entry: Entry, results: Mapping[str, dict[str, Any]]) -> Candidate:
    codes = [entry.code] if entry.code in results else [m.code for m in entry.members.all()]
    lines = [results[code] for code in codes if code in results]
    if not lines:
        return Candidate(entry, None, None, False, False)
    best = min(lines, key=lambda line: (line["rank"] is None, line["rank"] or 0))
    passed = all(line["passed"] for line in lines)
    return Candidate(entry, best["total"], best["rank"], best["tied"], passed)
