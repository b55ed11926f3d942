"""Figures of a round across the rooms; each count is one query however many rows it counts."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count

from apps.councils.models import Outcome, Selection
from apps.councils.queries import Candidate, candidates
from apps.dossiers.models import Entry
from apps.dossiers.queries.minutes import minutes_of
from apps.judging.models import Snapshot
from apps.judging.queries import latest_snapshot, progress_by_judge, sheets_that_count
from apps.judging.states import SheetState
from apps.nominations.models import Packet
from apps.recognition.models import Certificate
from apps.rounds.models import Round
from tieubieu.progress.models import Job
from tieubieu.progress.queries import Progress, progress_of


@dataclass(frozen=True)
class Reconciled:
    """Received = sum of the parts; a figure that does not add up is a defect, so the sum travels with it."""

    received: int
    parts: dict[str, int]

    @property
    def adds_up(self) -> bool:
        return self.received == sum(self.parts.values())


@dataclass(frozen=True)
class Cockpit:
    entries: Reconciled
    sheets_done: int
    sheets_total: int
    judges: list[Any]
    snapshot: Snapshot | None
    passed: int
    outcomes: dict[str, int]
    certificates_made: int
    certificates: int
    packet: Packet | None
    jobs: list[Progress]


def cockpit(round: Round, without: Collection[UUID] = ()) -> Cockpit:
    """Everything the officer of a round looks at first, computed without the entries of which the reader may know
    nothing; the progress of work over all entries then is not shown at all."""
    sheets = dict(_counted(sheets_that_count(round, without), "state"))
    snapshot = latest_snapshot(round)
    certificates = Certificate.objects.filter(decision__round=round).exclude(entry__in=without)
    issued = certificates.aggregate(all=Count("pk"), made=Count("document_id"))
    return Cockpit(
        entries=entry_counts(round, without),
        sheets_done=sum(n for state, n in sheets.items() if state != SheetState.DRAFT),
        sheets_total=sum(sheets.values()),
        judges=progress_by_judge(round, without),
        snapshot=snapshot,
        passed=_passed(snapshot, codes_of(without)) if snapshot else 0,
        outcomes=dict(_counted(Selection.objects.filter(entry__round=round).exclude(entry__in=without), "outcome")),
        certificates_made=issued["made"],
        certificates=issued["all"],
        packet=Packet.objects.filter(round=round).first(),
        jobs=[] if without else _running(round),
    )


def entry_counts(round: Round, without: Collection[UUID] = ()) -> Reconciled:
    """The minutes of checking as the cockpit shows them: what is only being drafted was never received."""
    found = minutes_of(round, without)
    return Reconciled(found.received, {part.label: part.count for part in found.parts if part.count})


def public_results(round: Round) -> Iterable[Selection]:
    """The recognised products of a published round; nothing of scores or judges."""
    return (
        Selection.objects.filter(entry__round=round, outcome=Outcome.SELECTED)
        .select_related("entry__facility")
        .order_by("entry__group", "entry__facility__name_key", "entry__name")
    )


def result_rows(round: Round, without: Collection[UUID] = ()) -> list[tuple[Candidate, Selection | None]]:
    """Every candidate of the result in force with the council's outcome, best first within each group; nothing of the
    entries `without`."""
    snapshot = latest_snapshot(round)
    outcomes = {s.entry_id: s for s in Selection.objects.filter(entry__round=round)}
    return [(c, outcomes.get(c.entry.pk)) for c in candidates(snapshot, without)] if snapshot else []


def _running(round: Round) -> list[Progress]:
    return [progress_of(j.pk) for j in Job.objects.filter(subject_id=str(round.pk), state__in=["running", "failed"])]


def _passed(snapshot: Snapshot, unknown: Collection[str]) -> int:
    return sum(1 for line in snapshot.body["results"] if line["passed"] and line["id"] not in unknown)


def codes_of(entries: Collection[UUID]) -> frozenset[str]:
    """The codes under which a snapshot knows these entries; no query for none."""
    return frozenset(Entry.objects.filter(pk__in=entries).values_list("code", flat=True)) if entries else frozenset()


def _counted(rows: object, field: str) -> Iterable[tuple[str, int]]:
    return rows.values_list(field).annotate(n=Count("pk")).order_by(field)  # type: ignore[attr-defined]
