"""Who scores which entry when not the whole panel scores all. Pure: plain cards in, a proposal with its reasons out.

Each entry gets `each` judges who are free for it; no judge is short of another's load where that can be helped. A judge
has no limit of their own, so an entry lacks judges only when too few are free for it, and that is said entry by entry.
Loads are levelled along chains of exchanges (an entry passes from one judge to the next, and so on). The loads that
can be reached this way form the bases of an integral polymatroid, so when no chain from a judge to one with two sheets
less is left, no other assignment has loads closer to each other: the spread that remains is the least possible.

Nothing is random: the order in which people and entries come in makes no difference, and who of several equals gets an
entry follows from a hash over `seed` and both keys.
"""

import hashlib
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

Pair = tuple[str, str]  # judge, entry


@dataclass(frozen=True)
class Judge:
    """`groups` are those in which the judge is expert; none is any. Who rests takes no more than they have."""

    key: str
    groups: frozenset[str] = frozenset()
    rests: bool = False


@dataclass(frozen=True)
class Work:
    """An entry and its product group."""

    key: str
    group: str = ""


@dataclass(frozen=True)
class Problem:
    """`barred` may not score for a conflict of interest; `released` were taken off the entry by hand; `present` score
    it already and stay. All are (judge, entry)."""

    judges: tuple[Judge, ...]
    entries: tuple[Work, ...]
    each: int
    barred: frozenset[Pair] = frozenset()
    released: frozenset[Pair] = frozenset()
    present: frozenset[Pair] = frozenset()
    seed: str = ""


@dataclass(frozen=True)
class Standing:
    """How an entry stands: how many judges score it or could, and why the others do not. Keys of judges, in the
    panel's order; `away` are those who rest or were taken off it by hand."""

    entry: str
    free: int
    is_short: bool
    barred: tuple[str, ...] = ()
    unskilled: tuple[str, ...] = ()
    away: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reach:
    """Of one judge: the entries of all that they may score at most, and what keeps them from the rest."""

    judge: str
    load: int
    most: int
    barred: int
    unskilled: int


@dataclass(frozen=True)
class Proposal:
    """`pairs` are to be added to what is present; `standings` in the order of the entries. `least` says of the judges
    with the fewest sheets why they cannot take more; it is empty while loads are within one of each other."""

    pairs: tuple[Pair, ...]
    loads: Mapping[str, int]
    standings: tuple[Standing, ...]
    least: tuple[Reach, ...]

    @property
    def short(self) -> tuple[Standing, ...]:
        """The entries for which too few judges are free: while there is one, the proposal cannot be carried out."""
        return tuple(one for one in self.standings if one.is_short)

    @property
    def spread(self) -> int:
        """The most sheets of a judge less the fewest."""
        return max(self.loads.values(), default=0) - min(self.loads.values(), default=0)


def propose(problem: Problem) -> Proposal:
    """Give every entry as many free judges as it lacks, loads as even as can be.

    Raises `ValueError` for fewer than one judge an entry.
    """
    if problem.each < 1:
        raise ValueError("an entry needs a judge")
    board = _Board(problem)
    board.fill()
    board.level()
    return Proposal(board.pairs(), board.loads_of_all(), board.standings(), board.least())


class _Board:
    """The assignment while it is made. `given` are the new pairs, by judge; everything is walked in a fixed order."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.entries = sorted(problem.entries, key=lambda entry: entry.key)
        self.judges = sorted(problem.judges, key=lambda judge: judge.key)
        self.given: dict[str, set[str]] = {judge.key: set() for judge in self.judges}
        known = {entry.key for entry in self.entries}
        self.kept: dict[str, set[str]] = defaultdict(set)
        for judge, entry in problem.present:
            if entry in known:
                self.kept[judge].add(entry)
        self.free = {entry.key: self._free_for(entry) for entry in self.entries}

    def fill(self) -> None:
        """The entries with the least choice first, each to the judges with the fewest sheets."""
        for entry in sorted(self.entries, key=lambda one: (len(self.free[one.key]), one.key)):
            candidates = sorted(
                self.free[entry.key], key=lambda judge: (self.load(judge), self._turn(judge, entry.key))
            )
            for judge in candidates[: self.lacking(entry.key)]:
                self.given[judge].add(entry.key)

    def level(self) -> None:
        """Pass entries on along chains until no chain brings two loads closer."""
        while chain := self._chain():
            for giver, entry, taker in chain:
                self.given[giver].remove(entry)
                self.given[taker].add(entry)

    def load(self, judge: str) -> int:
        return len(self.given[judge]) + len(self.kept[judge])

    def lacking(self, entry: str) -> int:
        """How many judges the entry lacks beside those who are present; never less than none."""
        return max(self.problem.each - sum(entry in kept for kept in self.kept.values()), 0)

    def pairs(self) -> tuple[Pair, ...]:
        return tuple(sorted((judge, entry) for judge, entries in self.given.items() for entry in entries))

    def loads_of_all(self) -> dict[str, int]:
        """In the order in which the judges were given, without those who rest."""
        return {judge.key: self.load(judge.key) for judge in self.problem.judges if not judge.rests}

    def standings(self) -> tuple[Standing, ...]:
        return tuple(self._standing(entry) for entry in self.problem.entries)

    def least(self) -> tuple[Reach, ...]:
        loads = self.loads_of_all()
        lowest = min(loads.values(), default=0)
        if max(loads.values(), default=0) - lowest <= 1:
            return ()
        return tuple(self._reach(judge) for judge in self.problem.judges if loads.get(judge.key) == lowest)

    def _free_for(self, entry: Work) -> list[str]:
        """Who may be given the entry; not who has it already."""
        return [
            judge.key
            for judge in self.judges
            if not judge.rests
            and entry.key not in self.kept[judge.key]
            and (judge.key, entry.key) not in self._closed
            and _is_expert(judge, entry)
        ]

    @cached_property
    def _closed(self) -> frozenset[Pair]:
        return self.problem.barred | self.problem.released

    def _turn(self, judge: str, entry: str) -> bytes:
        return hashlib.sha256(f"{self.problem.seed}|{judge}|{entry}".encode()).digest()

    def _chain(self) -> list[tuple[str, str, str]]:
        """The shortest chain from a judge to one with at least two sheets less; the busiest judges are asked first."""
        keys = [judge.key for judge in self.judges if not judge.rests]
        lowest = min((self.load(key) for key in keys), default=0)
        for start in sorted(keys, key=lambda key: (-self.load(key), key)):
            if self.load(start) - lowest >= 2 and (chain := self._chain_from(start)):
                return chain
        return []

    def _chain_from(self, start: str) -> list[tuple[str, str, str]]:
        enough = self.load(start) - 2
        came: dict[str, tuple[str, str] | None] = {start: None}
        waiting = deque([start])
        while waiting:
            giver = waiting.popleft()
            for entry, taker in self._takers(giver):
                if taker in came:
                    continue
                came[taker] = (giver, entry)
                if self.load(taker) <= enough:
                    return _walked(came, taker)
                waiting.append(taker)
        return []

    def _takers(self, giver: str) -> Iterable[Pair]:
        """(entry, judge) for every entry that the giver could pass on, and to whom."""
        for entry in sorted(self.given[giver]):
            for judge in self.free[entry]:
                if entry not in self.given[judge]:
                    yield entry, judge

    def _standing(self, entry: Work) -> Standing:
        others = [judge for judge in self.problem.judges if entry.key not in self.kept[judge.key]]
        barred = [judge for judge in others if (judge.key, entry.key) in self.problem.barred]
        unskilled = [judge for judge in others if not _is_expert(judge, entry) and judge not in barred]
        away = [judge for judge in others if judge.rests or (judge.key, entry.key) in self.problem.released]
        kept = len(self.problem.judges) - len(others)
        return Standing(
            entry.key,
            free=kept + len(self.free[entry.key]),
            is_short=len(self.free[entry.key]) < self.lacking(entry.key),
            barred=_keys(barred),
            unskilled=_keys(unskilled),
            away=_keys(judge for judge in away if judge not in barred and judge not in unskilled),
        )

    def _reach(self, judge: Judge) -> Reach:
        barred = sum((judge.key, entry.key) in self.problem.barred for entry in self.entries)
        unskilled = sum(
            not _is_expert(judge, entry) and (judge.key, entry.key) not in self.problem.barred for entry in self.entries
        )
        open_to = sum(judge.key in self.free[entry.key] and self.lacking(entry.key) > 0 for entry in self.entries)
        return Reach(judge.key, self.load(judge.key), len(self.kept[judge.key]) + open_to, barred, unskilled)


def _walked(came: Mapping[str, tuple[str, str] | None], last: str) -> list[tuple[str, str, str]]:
    """The steps of the chain, from its end to its beginning."""
    steps = []
    taker = last
    while step := came[taker]:
        giver, entry = step
        steps.append((giver, entry, taker))
        taker = giver
    return steps


def _is_expert(judge: Judge, entry: Work) -> bool:
    return not judge.groups or entry.group in judge.groups


def _keys(judges: Iterable[Judge]) -> tuple[str, ...]:
    return tuple(judge.key for judge in judges)
