"""The assignment by itself: enough free judges for every entry, loads as even as can be, the same for any order."""

from itertools import combinations, product

import pytest
from hypothesis import HealthCheck, example, settings
from hypothesis import given as given_any
from hypothesis import strategies as st

from apps.judging.assigning import Judge, Problem, Work, propose

GROUPS = ["1", "2", "3"]
# A busy machine draws slowly now and then; that says nothing of what is tested.
CALM = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)


def given(*strategies):
    return lambda test: CALM(given_any(*strategies)(test))


@st.composite
def problems(draw, *, most_judges=6, most_entries=9, with_expertise=True, with_present=True):
    judges = [
        Judge(f"J{n}", frozenset(draw(st.sets(st.sampled_from(GROUPS), max_size=2))) if with_expertise else frozenset())
        for n in range(draw(st.integers(1, most_judges)))
    ]
    entries = [Work(f"E{n}", draw(st.sampled_from(GROUPS))) for n in range(draw(st.integers(0, most_entries)))]
    pairs = [(judge.key, entry.key) for judge, entry in product(judges, entries)]
    some = st.sets(st.sampled_from(pairs), max_size=len(pairs) // 2) if pairs else st.just(set())
    barred = draw(some)
    present = draw(some) - barred if with_present else set()
    each = draw(st.integers(1, len(judges)))
    return Problem(tuple(judges), tuple(entries), each, frozenset(barred), present=frozenset(present), seed="K")


def may_score(problem, judge, entry):
    is_expert = not judge.groups or entry.group in judge.groups
    return is_expert and (judge.key, entry.key) not in problem.barred | problem.released and not judge.rests


def holders(problem, proposal, entry):
    return [judge for judge, one in {*proposal.pairs, *problem.present} if one == entry.key]


@given(problems())
def test_every_entry_gets_its_judges_or_is_told_as_short(problem):
    proposal = propose(problem)

    short = {one.entry for one in proposal.short}
    for entry in problem.entries:
        given_to = len(holders(problem, proposal, entry))
        free = [judge for judge in problem.judges if may_score(problem, judge, entry)]
        could = len({judge.key for judge in free} | {j for j, e in problem.present if e == entry.key})
        assert given_to >= min(problem.each, could)
        assert (entry.key in short) == (could < problem.each)


@given(problems())
def test_nobody_gets_what_they_may_not_score_nor_what_they_have(problem):
    proposal = propose(problem)

    judges = {judge.key: judge for judge in problem.judges}
    entries = {entry.key: entry for entry in problem.entries}
    assert all(may_score(problem, judges[judge], entries[entry]) for judge, entry in proposal.pairs)
    assert not set(proposal.pairs) & problem.present


@given(problems(), st.randoms(use_true_random=False))
def test_the_order_in_which_they_come_makes_no_difference(problem, random):
    judges, entries = list(problem.judges), list(problem.entries)
    random.shuffle(judges)
    random.shuffle(entries)

    other = Problem(tuple(judges), tuple(entries), problem.each, problem.barred, problem.released, problem.present, "K")

    assert propose(other).pairs == propose(problem).pairs


@given(problems(with_expertise=False, with_present=False))
def test_without_conflicts_loads_are_within_one(problem):
    free = Problem(problem.judges, problem.entries, problem.each, seed="K")

    proposal = propose(free)

    assert proposal.spread <= 1
    assert (proposal.short, proposal.least) == ((), ())
    assert sum(proposal.loads.values()) == problem.each * len(problem.entries)


def least_spread(problem):
    """By trying everything."""
    choices = []
    for entry in problem.entries:
        kept = {judge for judge, one in problem.present if one == entry.key}
        free = [j.key for j in problem.judges if may_score(problem, j, entry) and j.key not in kept]
        need = min(max(problem.each - len(kept), 0), len(free))
        choices.append(list(combinations(free, need)))
    start = {judge.key: sum(one == judge.key for one, _ in problem.present) for judge in problem.judges}
    spreads = []
    for chosen in product(*choices):
        loads = dict(start)
        for judge in (judge for of_entry in chosen for judge in of_entry):
            loads[judge] += 1
        spreads.append(max(loads.values()) - min(loads.values()))
    return min(spreads)


@given(problems(most_judges=4, most_entries=4))
def test_no_other_assignment_is_more_even(problem):
    assert propose(problem).spread == least_spread(problem)


@given(problems())
def test_what_is_present_stays_and_only_what_lacks_is_added(problem):
    proposal = propose(problem)

    for entry in problem.entries:
        kept = sum(one == entry.key for _, one in problem.present)
        added = sum(one == entry.key for _, one in proposal.pairs)
        assert added <= max(problem.each - kept, 0)


@given(problems())
def test_an_uneven_load_says_of_somebody_why(problem):
    proposal = propose(problem)

    assert bool(proposal.least) == (proposal.spread > 1)
    assert all(reach.load == min(proposal.loads.values()) for reach in proposal.least)


def test_a_greedy_hand_would_fail_where_a_chain_does_not():
    """Only A and B may score the first two entries, only B and C the rest: B has to pass on what greed gave them."""
    judges = (Judge("A"), Judge("B"), Judge("C"))
    entries = tuple(Work(f"E{n}") for n in range(6))
    barred = {("C", "E0"), ("C", "E1"), ("A", "E4"), ("A", "E5"), ("A", "E3"), ("A", "E2")}

    proposal = propose(Problem(judges, entries, 1, frozenset(barred)))

    assert dict(proposal.loads) == {"A": 2, "B": 2, "C": 2}


def test_a_short_entry_says_who_is_kept_away_and_why():
    judges = (Judge("A"), Judge("B", frozenset({"1"})), Judge("C"), Judge("D", rests=True))
    problem = Problem(judges, (Work("E", "2"),), 2, frozenset({("A", "E")}))

    (short,) = propose(problem).short

    assert (short.free, short.barred, short.unskilled, short.away) == (1, ("A",), ("B",), ("D",))


def test_who_was_taken_off_by_hand_is_not_proposed_again():
    problem = Problem((Judge("A"), Judge("B")), (Work("E"),), 1, released=frozenset({("A", "E")}))

    assert propose(problem).pairs == (("B", "E"),)


def test_an_uneven_load_is_told_with_its_cause():
    judges = (Judge("A", frozenset({"1"})), Judge("B"), Judge("C"))
    entries = (*(Work(f"E{n}", "2") for n in range(4)), Work("F", "1"))

    proposal = propose(Problem(judges, entries, 2))

    (reach,) = proposal.least
    assert (reach.judge, reach.load, reach.most, reach.unskilled, proposal.spread) == ("A", 1, 1, 4, 4)


@pytest.mark.parametrize("each", [0, -1])
def test_less_than_one_judge_is_no_question(each):
    with pytest.raises(ValueError, match="needs a judge"):
        propose(Problem((Judge("A"),), (), each))


@example("A")
@given(st.text(max_size=5))
def test_another_round_hands_out_otherwise_and_as_evenly(seed):
    judges = tuple(Judge(f"J{n}") for n in range(5))
    entries = tuple(Work(f"E{n:02}") for n in range(30))

    one, other = (propose(Problem(judges, entries, 3, seed=chosen)) for chosen in (seed, seed + "x"))

    assert one.pairs != other.pairs
    assert (one.spread, other.spread) == (0, 0)


def test_two_thousand_entries_are_assigned_while_one_waits():
    judges = tuple(Judge(f"J{n}", frozenset(GROUPS[n % 3 : n % 3 + 2])) for n in range(30))
    entries = tuple(Work(f"E{n}", GROUPS[n % 3]) for n in range(2000))

    proposal = propose(Problem(judges, entries, 5))

    assert len(proposal.pairs) == 10_000
    assert not proposal.short
