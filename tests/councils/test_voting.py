"""Votes: who is entitled, what may be put to the vote, how it is counted, how it is taken back."""

import pytest
from chamber import LOW, sitting
from stage import MARKS

from apps.councils.models import Choice, ItemKind, Way
from apps.councils.queries import decisions, hidden_entries, merit_places
from apps.councils.services import (
    Votes,
    add_item,
    annul_ballot,
    arrive,
    cast_vote,
    close_ballot,
    depart,
    leave_out,
    open_ballot,
)
from apps.councils.services.holding import QuorumLost
from apps.councils.states import BallotState
from tieubieu.errors import DomainError, NotAllowed, WrongState

pytestmark = pytest.mark.usefixtures("in_daklak")
BETTER = {**MARKS, "C1": "36"}


def test_more_than_half_of_those_entitled_adopts():
    held = sitting(present=6)

    assert held.voted(0, approve=4, against=2).is_adopted
    assert not held.voted(1, approve=3, against=3).is_adopted


def test_who_is_entitled_is_fixed_when_the_vote_opens():
    held = sitting(present=6)
    ballot = held.opened(0)

    arrive(held.session.pk, held.members[6].pk, actor=held.officer)
    with pytest.raises(DomainError, match="Số phiếu không khớp"):
        close_ballot(ballot.pk, hands=Votes(7), actor=held.officer)

    assert close_ballot(ballot.pk, hands=Votes(6), actor=held.officer).entitled == 6


def test_what_is_below_the_pass_mark_is_never_put_to_the_vote():
    held = sitting(MARKS, LOW)

    with pytest.raises(DomainError, match="chưa đạt điểm tối thiểu"):
        held.opened(0, 1)

    assert held.session.ballots.count() == 0


def test_without_that_check_it_would_be(monkeypatch):
    """Control for the test above."""
    from apps.councils.services import voting

    monkeypatch.setitem(voting.CHECKS, ItemKind.GROUP, lambda *_: [])
    held = sitting(MARKS, LOW)

    assert held.opened(0, 1).entitled == 7


def test_one_vote_at_a_time():
    held = sitting()
    held.opened(0)

    with pytest.raises(WrongState, match="Đang có một biểu quyết"):
        held.opened(1)


def test_a_block_decides_on_all_its_entries():
    held = sitting()

    ballot = held.voted(0, 1)

    assert {pk for pk, one in decisions(held.session).items() if one.is_selected} == {
        entry.pk for entry in held.stage.entries
    }
    assert ballot.lines.count() == 2


def test_an_entry_is_voted_on_once_until_the_vote_is_annulled_with_a_reason():
    held = sitting()
    first = held.voted(0, approve=2, against=5)

    with pytest.raises(WrongState, match="Đã có biểu quyết cho THU-2026-001"):
        held.opened(0)
    with pytest.raises(DomainError, match="lý do hủy"):
        annul_ballot(first.pk, reason=" ", actor=held.officer)
    annul_ballot(first.pk, reason="Đếm nhầm một hàng ghế", actor=held.officer)
    again = held.voted(0, approve=6, against=1)

    first.refresh_from_db()
    assert (first.state, first.approve, first.reason) == (BallotState.ANNULLED, 2, "Đếm nhầm một hàng ghế")
    assert decisions(held.session)[held.stage.entries[0].pk].ballot == again


def test_what_is_annulled_is_not_counted_again():
    held = sitting()
    ballot = held.opened(0)
    annul_ballot(ballot.pk, reason="Mở nhầm", actor=held.officer)

    with pytest.raises(WrongState, match="đã kết thúc"):
        close_ballot(ballot.pk, hands=Votes(7), actor=held.officer)


def test_the_rounds_numbers_are_not_exceeded():
    held = sitting(rules={"quota": {"2": 1}})
    held.voted(0)

    with pytest.raises(DomainError, match="Nhóm 2 được chọn nhiều nhất 1"):
        held.opened(1)


def test_the_total_counts_over_all_groups_and_what_was_rejected_leaves_room():
    held = sitting(rules={"quota": {"total": 1}})
    with pytest.raises(DomainError, match="Kỳ này chọn nhiều nhất 1"):
        held.opened(0, 1)

    held.voted(0, approve=0, against=7)

    assert held.voted(1).is_adopted


def test_a_tier_is_one_of_the_rounds():
    held = sitting(rules={"awards": [{"name": "Giải A"}]})

    with pytest.raises(DomainError, match="không có trong quy định"):
        held.opened(0, tier="Giải Đặc biệt")

    assert held.opened(0, tier="Giải A").tier == "Giải A"


def test_a_tie_is_decided_by_vote_and_only_a_tie():
    held = sitting(MARKS, MARKS, BETTER)
    tie = add_item(held.session.pk, kind=ItemKind.TIE, group="2", title="Xếp thứ tự", actor=held.officer)
    first, second, best = (entry.pk for entry in held.stage.entries)

    with pytest.raises(DomainError, match="đang bằng điểm"):
        open_ballot(held.session.pk, tie.pk, [best, first], actor=held.officer)
    ballot = open_ballot(held.session.pk, tie.pk, [second, first], actor=held.officer)
    close_ballot(ballot.pk, hands=Votes(5, 2), actor=held.officer)

    assert merit_places(held.session) == {second: 1, first: 2}
    assert decisions(held.session) == {}


def test_a_question_may_be_voted_on_and_selects_nothing():
    held = sitting()
    item = add_item(held.session.pk, kind=ItemKind.QUESTION, title="Kiến nghị tổ chức hội chợ", actor=held.officer)

    ballot = open_ballot(held.session.pk, item.pk, actor=held.officer)
    close_ballot(ballot.pk, hands=Votes(7), actor=held.officer)

    assert decisions(held.session) == {}


def test_members_vote_on_their_own_and_may_think_again_until_it_is_counted():
    held = sitting(way=Way.OWN)
    ballot = held.opened(0)
    for member in held.members[:5]:
        cast_vote(ballot.pk, Choice.APPROVE, actor=member.person)
    cast_vote(ballot.pk, Choice.AGAINST, actor=held.members[0].person)

    counted = close_ballot(ballot.pk, actor=held.officer)

    assert (counted.approve, counted.against, counted.abstain, counted.entitled) == (4, 1, 0, 7)
    assert counted.is_adopted
    with pytest.raises(WrongState, match="đã kết thúc"):
        cast_vote(ballot.pk, Choice.APPROVE, actor=held.members[6].person)


def test_the_log_says_that_somebody_voted_and_not_how():
    held = sitting(way=Way.OWN)
    ballot = held.opened(0)

    cast_vote(ballot.pk, Choice.AGAINST, actor=held.members[1].person)
    cast_vote(ballot.pk, Choice.AGAINST, actor=held.members[1].person)

    act = held.session.log.get(kind="councils.vote.cast")
    assert (act.member, act.facts) == (held.members[1], {})


def test_hands_are_not_raised_on_a_phone_nor_counted_where_phones_vote():
    held = sitting()

    with pytest.raises(WrongState, match="giơ tay"):
        cast_vote(held.opened(0).pk, Choice.APPROVE, actor=held.members[1].person)


def test_whoever_left_votes_no_more_and_below_the_quorum_nobody_does():
    held = sitting(present=6, way=Way.OWN)
    ballot = held.opened(0)

    depart(held.session.pk, held.members[5].pk, actor=held.officer)
    with pytest.raises(WrongState, match="rời phiên họp"):
        cast_vote(ballot.pk, Choice.APPROVE, actor=held.members[5].person)
    depart(held.session.pk, held.members[4].pk, actor=held.officer)
    with pytest.raises(QuorumLost):
        cast_vote(ballot.pk, Choice.APPROVE, actor=held.members[1].person)

    assert held.session.log.filter(kind="councils.vote.cast").count() == 0


def test_neither_an_officer_nor_a_judge_votes():
    held = sitting(way=Way.OWN)
    ballot = held.opened(0)

    for stranger in (held.officer, held.stage.judges[1]):
        with pytest.raises(NotAllowed):
            cast_vote(ballot.pk, Choice.APPROVE, actor=stranger)


@pytest.mark.parametrize(
    ("casting", "chair", "adopted"), [(True, True, True), (True, False, False), (False, True, False)]
)
def test_at_exactly_half_the_chairs_own_vote_decides_where_the_rules_say_so(casting, chair, adopted):
    held = sitting(present=6, way=Way.OWN, rules={"casting_vote": casting})
    ballot = held.opened(0)
    approving = held.members[:3] if chair else held.members[1:4]
    for member in held.members[:6]:
        cast_vote(ballot.pk, Choice.APPROVE if member in approving else Choice.AGAINST, actor=member.person)

    assert close_ballot(ballot.pk, actor=held.officer).is_adopted is adopted


def conflicted():
    """A council whose second seat is also the judge who was kept out of the first entry."""
    held = sitting(recused=0, way=Way.OWN)
    seat = held.members[1]
    seat.person = held.stage.judges[0]
    seat.save()
    return held, seat


def test_a_recused_member_does_not_count_in_that_vote_and_cannot_vote():
    held, seat = conflicted()

    ballot = held.opened(0)

    assert (ballot.entitled, ballot.voters.filter(member=seat).exists()) == (6, False)
    with pytest.raises(NotAllowed, match="không tham gia biểu quyết này"):
        cast_vote(ballot.pk, Choice.APPROVE, actor=seat.person)
    annul_ballot(ballot.pk, reason="Thử", actor=held.officer)
    assert held.opened(1).entitled == 7


def test_half_of_those_who_are_left_is_the_measure():
    """Seven are there, one is recused: four of six adopt, and would of seven, too; three of six do not."""
    held, seat = conflicted()
    ballot = held.opened(0)
    for member in [m for m in held.members if m != seat][:3]:
        cast_vote(ballot.pk, Choice.APPROVE, actor=member.person)

    assert not close_ballot(ballot.pk, actor=held.officer).is_adopted


def test_a_block_is_voted_on_without_whoever_is_kept_out_of_one_of_it():
    held, seat = conflicted()

    assert not held.opened(0, 1).voters.filter(member=seat).exists()


def test_whoever_is_kept_out_does_not_run_the_vote_either():
    held, seat = conflicted()

    assert hidden_entries(held.stage.round, seat.person) == {held.stage.entries[0].pk}
    with pytest.raises(NotAllowed):
        open_ballot(held.session.pk, held.item.pk, [held.stage.entries[0].pk], actor=seat.person)
    ballot = held.opened(0)
    with pytest.raises(NotAllowed):
        close_ballot(ballot.pk, actor=seat.person)
    with pytest.raises(NotAllowed):
        annul_ballot(ballot.pk, reason="Không đồng ý", actor=seat.person)
    with pytest.raises(NotAllowed):
        leave_out(held.session.pk, [held.stage.entries[0].pk], reason="Không", actor=seat.person)


def test_a_reason_stands_for_what_is_not_voted_on_until_it_is():
    held = sitting()
    entry = held.stage.entries[0]
    leave_out(held.session.pk, [entry.pk], reason="Trùng sản phẩm năm trước", actor=held.officer)
    assert decisions(held.session)[entry.pk].why_not == "Trùng sản phẩm năm trước"

    held.voted(0)

    assert decisions(held.session)[entry.pk].is_selected
    with pytest.raises(WrongState, match="Đã có biểu quyết"):
        leave_out(held.session.pk, [entry.pk], reason="Thôi", actor=held.officer)
