"""How a council's votes are counted, without Django: quorum, majority, casting vote, and who may vote at all.

The circular fixes none of it; each round freezes its own shares (Điều 24.2 TT 26/2014/TT-BCT). Shares are exact
fractions: two thirds of nine is six, never 5.999.
"""

from collections.abc import Collection, Hashable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import TypeVar

Member = TypeVar("Member", bound=Hashable)


class CannotCount(ValueError):
    """The figures contradict each other: more votes than voters, or a chair who votes without being entitled to."""


@dataclass(frozen=True)
class Tally:
    """One vote as it was counted. Whoever is entitled and said nothing approves nothing."""

    entitled: int
    approve: int
    against: int = 0
    abstain: int = 0
    does_chair_approve: bool = False

    def __post_init__(self) -> None:
        if min(self.entitled, self.approve, self.against, self.abstain) < 0:
            raise CannotCount("a count is below zero")
        if self.approve + self.against + self.abstain > self.entitled:
            raise CannotCount("more votes than voters")
        if self.does_chair_approve and not self.approve:
            raise CannotCount("the chair approves, yet nobody does")

    @property
    def silent(self) -> int:
        """How many of those entitled said nothing."""
        return self.entitled - self.approve - self.against - self.abstain


def fewest_present(members: int, quorum: Fraction) -> int:
    """How many members must be there: at least this share of all seats, and never nobody."""
    return max(ceil(members * quorum), 1)


def has_quorum(present: int, members: int, quorum: Fraction) -> bool:
    return present >= fewest_present(members, quorum)


def fewest_approvals(entitled: int, approve_over: Fraction) -> int:
    """The smallest number of approvals that is *more* than this share of those entitled to vote."""
    return floor(entitled * approve_over) + 1


def is_adopted(tally: Tally, approve_over: Fraction, *, has_casting_vote: bool) -> bool:
    """More approvals than the share; exactly at it the chair's own vote decides, where the rules say so."""
    if has_casting_vote and tally.approve == tally.entitled * approve_over:
        return tally.does_chair_approve
    return tally.approve >= fewest_approvals(tally.entitled, approve_over)


def entitled(present: Collection[Member], recused: Collection[Member]) -> frozenset[Member]:
    """Those in the room whom no conflict of interest keeps out of this vote; they alone are its total."""
    return frozenset(present) - frozenset(recused)
