"""How votes are counted, held against its own laws for every council that can be thought of."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.councils.counting import (
    CannotCount,
    Tally,
    entitled,
    fewest_approvals,
    fewest_present,
    has_quorum,
    is_adopted,
)

SHARES = sorted({Fraction(part, whole) for whole in range(1, 13) for part in range(whole + 1)})
shares = st.sampled_from(SHARES)
below_one = st.sampled_from(SHARES[:-1])
seats = st.integers(min_value=1, max_value=40)


@st.composite
def tallies(draw):
    voters = draw(st.integers(min_value=0, max_value=40))
    approve = draw(st.integers(min_value=0, max_value=voters))
    against = draw(st.integers(min_value=0, max_value=voters - approve))
    abstain = draw(st.integers(min_value=0, max_value=voters - approve - against))
    chair = draw(st.booleans()) if approve else False
    return Tally(voters, approve, against, abstain, does_chair_approve=chair)


@pytest.mark.parametrize(("members", "fewest"), [(5, 4), (7, 5), (9, 6), (11, 8), (13, 9)])
def test_two_thirds_of_a_legal_council(members, fewest):
    assert fewest_present(members, Fraction(2, 3)) == fewest


@given(seats, shares)
def test_the_quorum_is_the_smallest_number_that_reaches_the_share(members, quorum):
    fewest = fewest_present(members, quorum)

    assert has_quorum(fewest, members, quorum)
    assert not has_quorum(fewest - 1, members, quorum)
    assert fewest >= members * quorum


@given(seats, shares, st.integers(min_value=0, max_value=40))
def test_an_arrival_never_breaks_a_quorum(members, quorum, present):
    assert not has_quorum(present, members, quorum) or has_quorum(present + 1, members, quorum)


@given(st.integers(min_value=0, max_value=40), below_one)
def test_a_majority_is_more_than_the_share_and_no_larger_than_needed(voters, share):
    needed = fewest_approvals(voters, share)

    assert needed > voters * share
    assert needed - 1 <= voters * share


@given(st.integers(min_value=1, max_value=40), below_one, st.booleans())
def test_everybody_together_always_decides(voters, share, casting):
    assert is_adopted(Tally(voters, voters, does_chair_approve=True), share, has_casting_vote=casting)


@given(st.integers(min_value=0, max_value=40), below_one)
def test_nobody_decides_nothing(voters, share):
    assert not is_adopted(Tally(voters, 0), share, has_casting_vote=False)


@given(tallies(), below_one)
def test_one_approval_more_never_loses(tally, share):
    if tally.silent == 0:
        return

    more = Tally(tally.entitled, tally.approve + 1, tally.against, tally.abstain)

    assert is_adopted(more, share, has_casting_vote=False) >= is_adopted(tally, share, has_casting_vote=False)


@given(tallies(), below_one)
def test_the_casting_vote_speaks_only_at_exactly_the_share(tally, share):
    plain = is_adopted(tally, share, has_casting_vote=False)
    cast = is_adopted(tally, share, has_casting_vote=True)

    is_even = tally.approve == tally.entitled * share
    assert cast == (tally.does_chair_approve if is_even else plain)


@given(tallies(), below_one)
def test_against_abstained_and_silent_weigh_the_same(tally, share):
    silent = Tally(tally.entitled, tally.approve, does_chair_approve=tally.does_chair_approve)

    for casting in (True, False):
        assert is_adopted(tally, share, has_casting_vote=casting) == is_adopted(silent, share, has_casting_vote=casting)


@given(st.sets(st.integers(0, 20)), st.sets(st.integers(0, 20)))
def test_the_total_is_those_present_without_those_recused(present, recused):
    assert entitled(present, recused) == present - recused


@given(seats, below_one, st.data())
def test_a_recused_member_never_changes_the_share_that_is_asked_of_the_others(members, share, data):
    recused = data.draw(st.integers(min_value=0, max_value=members - 1))
    voters = entitled(range(members), range(recused))

    assert is_adopted(Tally(len(voters), len(voters)), share, has_casting_vote=False)
    assert fewest_approvals(len(voters), share) <= len(voters)


@pytest.mark.parametrize("counts", [(3, 4), (3, 2, 2), (3, -1), (-1, 0), (3, 1, 1, 2)])
def test_figures_that_contradict_each_other_are_refused(counts):
    with pytest.raises(CannotCount):
        Tally(*counts)


def test_a_chair_cannot_be_the_one_who_approves_when_nobody_does():
    with pytest.raises(CannotCount):
        Tally(3, 0, does_chair_approve=True)


def test_a_third_is_not_a_float():
    """Control: with floats, 2/3 of 9 would be 6.000000000000001 on some machines, and six would not be enough."""
    assert has_quorum(6, 9, Fraction(2, 3))
    assert not is_adopted(Tally(6, 4), Fraction(2, 3), has_casting_vote=False)
    assert is_adopted(Tally(6, 5), Fraction(2, 3), has_casting_vote=False)
