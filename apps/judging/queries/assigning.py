"""What would be handed out, what was, and what it lacks; always without the entries that the reader may not know."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from apps.accounts.models import Person
from apps.dossiers.models import Entry
from apps.dossiers.states import EntryState
from apps.judging.access import counted_sheets, visible_sheets
from apps.judging.assigning import Judge, Problem, Proposal, Work, propose
from apps.judging.models import Sheet
from apps.judging.queries.conflicts import barred_pairs
from apps.judging.states import SheetState
from apps.rounds.models import Appointment, Body, Round
from tieubieu.lib.canonical import digest

SCORING = (SheetState.DRAFT, SheetState.LOCKED)
OPEN = (EntryState.SUBMITTED, EntryState.SUPPLEMENT)


@dataclass(frozen=True)
class Plan:
    """A proposal with the people and entries that it speaks of, by their keys. `digest` names exactly this one."""

    each: int
    proposal: Proposal
    judges: dict[str, Appointment]
    entries: dict[str, Entry]
    digest: str

    @property
    def by_entry(self) -> dict[str, list[Appointment]]:
        """The judges that each entry would get, in the panel's order."""
        found: dict[str, list[Appointment]] = {key: [] for key in self.entries}
        given = set(self.proposal.pairs)
        for key, judge in self.judges.items():
            for entry in self.entries:
                if (key, entry) in given:
                    found[entry].append(judge)
        return found


@dataclass
class Line:
    """One entry with the judges who score it (their sheets), and how many it lacks."""

    entry: Entry
    sheets: list[Sheet] = field(default_factory=list)
    lacking: int = 0


@dataclass(frozen=True)
class Handed:
    """What was handed out; `loads` are the panel with how many sheets each has and how many of them are done."""

    lines: list[Line]
    loads: list[tuple[Appointment, int, int]]

    @property
    def short(self) -> list[Line]:
        return [line for line in self.lines if line.lacking]

    @property
    def spread(self) -> int:
        """The most sheets of a judge less the fewest."""
        counts = [total for _, total, _ in self.loads]
        return max(counts, default=0) - min(counts, default=0)


def plan_for(round: Round, without: Collection[UUID] = ()) -> Plan:
    """What would be handed out now to entries that lack judges: all of it before scoring, later only what is missing.

    The same number of queries however many judges and entries.
    """
    judges = {str(seat.pk): seat for seat in panel_of(round)}
    entries = {str(entry.pk): entry for entry in entries_to_score(round, without)}
    proposal = propose(_problem(round, judges, entries))
    told = {"each": round.judges_per_entry, "pairs": [list(pair) for pair in proposal.pairs]}
    return Plan(round.judges_per_entry or 0, proposal, judges, entries, digest(told))


def handed_out(round: Round, person: Person, without: Collection[UUID]) -> Handed:
    """Who scores what, as far as the person may know; `without` are the entries hidden from them. Three queries."""
    lines = {entry.pk: Line(entry) for entry in entries_to_score(round, without)}
    panel = panel_of(round)
    counts = {seat.pk: [0, 0] for seat in panel}
    for sheet in visible_sheets(person, round).filter(entry__in=lines).order_by("judge__seat", "judge_id"):
        lines[sheet.entry_id].sheets.append(sheet)
        counts[sheet.judge_id][0] += 1
        counts[sheet.judge_id][1] += sheet.state != SheetState.DRAFT
    for line in lines.values():
        line.lacking = lacking(round, line.sheets)
    return Handed(list(lines.values()), [(seat, counts[seat.pk][0], counts[seat.pk][1]) for seat in panel])


def lacking(round: Round, sheets: Iterable[Sheet]) -> int:
    """How many judges an entry lacks whose assigned sheets these are; a judge marked absent does not score it."""
    scoring = sum(sheet.state in SCORING for sheet in sheets)
    return max((round.judges_per_entry or 0) - scoring, 0)


@dataclass(frozen=True)
class Gap:
    """An entry that would be scored by fewer than it should be if scoring closed now; `absent` were marked so."""

    code: str
    name: str
    scoring: int
    wanted: int
    unlocked: int
    absent: tuple[str, ...]


def gaps(round: Round, without: Collection[UUID] = ()) -> list[Gap]:
    """What closing now would leave out, entry by entry, without the entries hidden from the reader; three queries."""
    wanted = round.judges_per_entry if round.is_balanced else len(panel_of(round))
    entries = {entry.pk: entry for entry in entries_to_score(round, without)}
    sheets: dict[UUID, list[Sheet]] = {pk: [] for pk in entries}
    found = counted_sheets().filter(entry__in=entries).select_related("judge__person").order_by("judge__seat")
    for sheet in found:
        sheets[sheet.entry_id].append(sheet)
    every = [_gap(entries[pk], wanted or 0, of_entry) for pk, of_entry in sheets.items()]
    return [gap for gap in every if gap.scoring < gap.wanted or gap.unlocked]


def _gap(entry: Entry, wanted: int, sheets: Sequence[Sheet]) -> Gap:
    states = [sheet.state for sheet in sheets]
    absent = tuple(sheet.judge.person.full_name for sheet in sheets if sheet.state == SheetState.ABSENT)
    scoring = sum(state in SCORING for state in states)
    return Gap(entry.code, entry.name, scoring, wanted, states.count(SheetState.DRAFT), absent)


def panel_of(round: Round) -> list[Appointment]:
    return list(round.appointments.filter(body=Body.PANEL).select_related("person").order_by("seat", "pk"))


def entries_to_score(round: Round, without: Collection[UUID] = ()) -> list[Entry]:
    """The accepted entries of the round."""
    found = round.entries.filter(state=EntryState.ACCEPTED).exclude(pk__in=without)
    return list(found.select_related("facility").order_by("code", "pk"))


def not_concluded(round: Round, without: Collection[UUID] = ()) -> int:
    """How many dossiers still wait for a conclusion: with each of them the proposal changes."""
    return round.entries.filter(state__in=OPEN).exclude(pk__in=without).count()


def _problem(round: Round, judges: Mapping[str, Appointment], entries: Mapping[str, Entry]) -> Problem:
    barred = frozenset((str(seat), str(entry)) for seat, entry in barred_pairs(round))
    states = {
        (str(judge), str(entry)): state
        for judge, entry, state in Sheet.objects.filter(entry__round=round).values_list("judge", "entry", "state")
    }
    absent = {judge for (judge, _), state in states.items() if state == SheetState.ABSENT}
    return Problem(
        judges=tuple(
            Judge(key, frozenset(seat.groups if round.by_expertise else ()), rests=key in absent)
            for key, seat in judges.items()
        ),
        entries=tuple(Work(key, entry.group) for key, entry in entries.items()),
        each=round.judges_per_entry or 1,
        barred=barred,
        released=frozenset(pair for pair, state in states.items() if state == SheetState.RELEASED),
        present=frozenset(pair for pair, state in states.items() if state in SCORING and pair not in barred),
        seed=str(round.pk),
    )


def candidates_for(round: Round, entry: Entry, handed: Handed) -> list[tuple[Appointment, int, bool]]:
    """Who may still be given the entry: the judge, their sheets so far, whether the entry is within their expertise."""
    barred = barred_pairs(round)
    known = Sheet.objects.filter(entry=entry).exclude(state=SheetState.RELEASED)
    taken = set(known.values_list("judge", flat=True))
    return [
        (seat, load, not (round.by_expertise and seat.groups) or entry.group in seat.groups)
        for seat, load, _ in handed.loads
        if seat.pk not in taken and (seat.pk, entry.pk) not in barred
    ]
