"""Who stands where within a group, and who reaches the pass mark."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from apps.judging.ranking.terms import Outcome, Rules, Standing

Key = tuple[Fraction, ...]
Board = Mapping[Key, tuple[int, bool]]

# No mark is below zero, so this stands below every mark, zero included.
UNMARKED = Fraction(-1)


def standings(outcomes: Sequence[Outcome], rules: Rules) -> list[Standing]:
    """One standing for each outcome, in the same order; each group is ranked by itself."""
    groups: defaultdict[str, list[Key]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.total is not None:
            groups[outcome.group].append(_key(outcome, outcome.total, rules))
    boards = {group: _board(keys) for group, keys in groups.items()}
    return [_standing(outcome, boards, rules) for outcome in outcomes]


def _key(outcome: Outcome, total: Fraction, rules: Rules) -> Key:
    """What is compared, the first difference decides: the total, then the tie-break criteria as they are shown."""
    values = (outcome.criteria[code] for code in rules.tie_break)
    return (total, *(UNMARKED if value is None else value for value in values))


def _board(keys: Iterable[Key]) -> Board:
    """Rank and shared or not for each key, best first; those who share a rank use up the ranks behind it."""
    alike = Counter(keys)
    board: dict[Key, tuple[int, bool]] = {}
    rank = 1
    for key in sorted(alike, reverse=True):
        board[key] = (rank, alike[key] > 1)
        rank += alike[key]
    return board


def _standing(outcome: Outcome, boards: Mapping[str, Board], rules: Rules) -> Standing:
    if outcome.total is None:
        return Standing(rank=None, tied=False, passed=False)
    rank, tied = boards[outcome.group][_key(outcome, outcome.total, rules)]
    return Standing(rank, tied, passed=rules.pass_mark is None or outcome.total >= rules.pass_mark)
