"""The session as one person may see it: nothing of the entries that a conflict of interest keeps from them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from uuid import UUID

from apps.accounts.models import Person
from apps.councils.events import CouncilEvent
from apps.councils.models import Ballot, Choice, Item, ItemKind, Session, SessionAct, Voter, Way
from apps.councils.queries.decisions import Decision, decisions, merit_places
from apps.councils.queries.room import Room, room_of
from apps.councils.queries.standing import Candidate, candidates
from apps.councils.queries.telling import sentence_of
from apps.councils.recusals import hidden_entries
from apps.councils.states import BallotState
from apps.dossiers.models import Entry
from apps.rounds.models import Round
from tieubieu.lib.canonical import digest

TOLD_OF_ALL = (CouncilEvent.SELECTED, CouncilEvent.CONCLUDED)


@dataclass(frozen=True)
class Line:
    """One entry on the agenda; `rank` and `is_tied` are among what the reader may see."""

    candidate: Candidate
    rank: int | None
    is_tied: bool
    place: int | None
    decision: Decision

    @property
    def entry_id(self) -> UUID:
        return self.candidate.entry.pk

    @property
    def outcome(self) -> str:
        """`selected`, `passed_not_selected`, `below`, or "" while nothing is decided."""
        if not self.candidate.passed:
            return "below"
        if self.decision.is_selected:
            return "selected"
        return "passed_not_selected" if self.decision.why_not else ""

    @property
    def tier(self) -> str:
        return self.decision.ballot.tier if self.decision.ballot else ""

    @property
    def is_waiting(self) -> bool:
        """Passed, and neither voted on nor left out."""
        return self.candidate.passed and self.decision.ballot is None and not self.decision.reason


@dataclass(frozen=True)
class Vote:
    """One vote as the reader may see it; of a hidden one only that it was held."""

    ballot: Ballot
    lines: tuple[Line, ...]
    voters: tuple[Voter, ...]
    is_hidden: bool

    @property
    def is_open(self) -> bool:
        return self.ballot.state == BallotState.OPEN

    @property
    def cast(self) -> int:
        """How many have voted; what they said is counted at the end."""
        return sum(1 for voter in self.voters if voter.choice)

    @property
    def away(self) -> list[str]:
        """Who is entitled and has said nothing yet."""
        return [voter.member.person.full_name for voter in self.voters if not voter.choice]

    @property
    def state(self) -> str:
        if self.ballot.state != BallotState.CLOSED:
            return str(self.ballot.state)
        return "adopted" if self.ballot.is_adopted else "rejected"


@dataclass(frozen=True)
class Part:
    """An item of the agenda with what belongs to it."""

    item: Item
    lines: tuple[Line, ...]
    votes: tuple[Vote, ...]
    notes: tuple[SessionAct, ...]

    @property
    def is_done(self) -> bool:
        is_busy = any(line.is_waiting for line in self.lines) or any(vote.is_open for vote in self.votes)
        return not is_busy and bool(self.votes or self.lines)

    @property
    def counted_votes(self) -> list[Vote]:
        """Those that are over, annulled ones among them."""
        return [vote for vote in self.votes if not vote.is_open]

    @property
    def chosen(self) -> int:
        return sum(1 for line in self.lines if line.decision.is_selected)

    @property
    def ties(self) -> list[tuple[Line, ...]]:
        """Lines that share a rank and passed: what the published order of criteria left tied."""
        tied = [line for line in self.lines if line.is_tied and line.candidate.passed]
        return [tuple(same) for _, same in groupby(tied, key=lambda line: line.rank)]


@dataclass(frozen=True)
class Board:
    session: Session
    room: Room
    parts: tuple[Part, ...]
    log: tuple[SessionAct, ...]
    hidden: frozenset[UUID]
    reader: Person

    @property
    def is_open(self) -> bool:
        return self.session.closed_at is None

    @property
    def has_chair(self) -> bool:
        return self.session.chair_id in self.room.present

    @property
    def may_vote_now(self) -> bool:
        return self.is_open and self.room.has_quorum and self.has_chair

    @property
    def is_by_phone(self) -> bool:
        return self.session.way == Way.OWN

    @cached_property
    def vote(self) -> Vote | None:
        """The vote that runs."""
        return next((vote for part in self.parts for vote in part.votes if vote.is_open), None)

    @cached_property
    def own(self) -> Voter | None:
        """The reader's place in the vote that runs."""
        voters = self.vote.voters if self.vote else ()
        return next((voter for voter in voters if voter.member.person_id == self.reader.pk), None)

    @property
    def own_choice(self) -> str:
        return Choice(self.own.choice).label if self.own and self.own.choice else ""

    @property
    def people(self) -> list[tuple[object, bool]]:
        return [(member, member.pk in self.room.present) for member in self.room.members]

    @property
    def lines(self) -> list[Line]:
        return [line for part in self.parts if part.item.kind == ItemKind.GROUP for line in part.lines]

    @property
    def waiting(self) -> list[Line]:
        return [line for line in self.lines if line.is_waiting]

    @property
    def chosen(self) -> int:
        return sum(1 for line in self.lines if line.decision.is_selected)

    @property
    def structure(self) -> list[tuple[str, str, int]]:
        """How many are selected by group and tier: what the council fixes (Điều 17.1 TT 26/2014/TT-BCT)."""
        chosen = [line for line in self.lines if line.decision.is_selected]
        keys = sorted((line.candidate.entry.group, line.tier) for line in chosen)
        return [(group, tier, len(list(same))) for (group, tier), same in groupby(keys)]

    @property
    def told(self) -> list[tuple[SessionAct, str]]:
        """The log in sentences, the latest first."""
        told = [(act, sentence_of(act)) for act in reversed(self.log)]
        return [(act, words) for act, words in told if words]

    @property
    def passed_over(self) -> list[Line]:
        """What was not selected although something ranked below it in its group was; to be looked at, not forbidden."""
        last = {line.candidate.entry.group: line.rank or 0 for line in self.lines if line.decision.is_selected}
        return [
            line
            for line in self.lines
            if line.outcome == "passed_not_selected" and (line.rank or 0) < last.get(line.candidate.entry.group, 0)
        ]


def session_of(round: Round) -> Session | None:
    """The session that is open, or the last one that was closed."""
    found = round.sessions.select_related("snapshot", "chair__person", "secretary").order_by("-opened_at").first()
    if found is not None:
        found.round = round
    return found


def pulse(session: Session | None, round: Round, reader: Person) -> str:
    """A mark that changes when, and only when, what the reader sees of the session may have changed."""
    hidden = sorted(str(entry) for entry in hidden_entries(round, reader))
    state = [str(session.pk), session.acts, session.closed_at is None, str(session.document_id)] if session else []
    return digest([str(reader.pk), str(round.pk), round.phase, state, hidden])[7:39]


def board(session: Session, reader: Person) -> Board:
    """Everything of the session that the reader may see; the same number of queries however long it lasts."""
    hidden = hidden_entries(session.round, reader)
    lines = _lines(session, candidates(session.snapshot, without=hidden))
    closed_groups = _groups_of(hidden)
    log = [
        act
        for act in session.log.select_related("member__person", "ballot", "item")
        if act.kind != CouncilEvent.VOTE_CAST
    ]
    votes = _votes(session, {line.entry_id: line for line in lines}, hidden)
    shown = [act for act in log if not _tells_of(act, hidden, closed_groups, votes)]
    parts = tuple(_part(item, lines, votes, shown) for item in session.items.all())
    return Board(session, room_of(session), parts, tuple(shown), hidden, reader)


def _lines(session: Session, seen: list[Candidate]) -> list[Line]:
    found, places = decisions(session), merit_places(session)
    lines = [
        Line(one, one.rank, one.tied, places.get(one.entry.pk), found.get(one.entry.pk, Decision())) for one in seen
    ]
    return sorted(lines, key=lambda line: (line.candidate.entry.group, line.rank or 9999, line.place or 0))


def _groups_of(hidden: Collection[UUID]) -> frozenset[str]:
    """The product groups in which something is hidden; no question at all for whoever sees everything."""
    return frozenset(Entry.objects.filter(pk__in=hidden).values_list("group", flat=True)) if hidden else frozenset()


def _votes(session: Session, lines: Mapping[UUID, Line], hidden: Collection[UUID]) -> list[Vote]:
    ballots = session.ballots.prefetch_related("lines", "voters__member__person").order_by("number")
    found = []
    for ballot in ballots:
        entries = [line.entry_id for line in ballot.lines.all()]
        is_hidden = bool(set(entries) & set(hidden))
        own = () if is_hidden else tuple(lines[pk] for pk in entries if pk in lines)
        voters = () if is_hidden else tuple(sorted(ballot.voters.all(), key=lambda voter: voter.member.seat))
        found.append(Vote(ballot, own, voters, is_hidden))
    return found


def _part(item: Item, lines: list[Line], votes: list[Vote], log: list[SessionAct]) -> Part:
    own = tuple(line for line in lines if item.group and line.candidate.entry.group == item.group)
    if item.kind == ItemKind.TIE:
        own = tuple(
            replace(line, decision=Decision(reason="–")) for line in own if line.is_tied and line.candidate.passed
        )
    return Part(
        item,
        own,
        tuple(vote for vote in votes if vote.ballot.item_id == item.pk),
        tuple(act for act in log if act.kind == CouncilEvent.NOTED and act.item_id == item.pk),
    )


def _tells_of(act: SessionAct, hidden: Collection[UUID], closed_groups: Collection[str], votes: list[Vote]) -> bool:
    """Whether a line of the log says, or may say in free words, something about what the reader may not see."""
    if not hidden:
        return False
    named = {str(entry) for entry in hidden} & set(act.facts.get("entries", []))
    kept = {vote.ballot.pk for vote in votes if vote.is_hidden}
    is_discussed = act.kind == CouncilEvent.NOTED and act.item is not None and act.item.group in closed_groups
    return bool(named) or act.ballot_id in kept or is_discussed or act.kind in TOLD_OF_ALL
