"""Who is in the room is a matter of events, and the quorum is watched at every one of them."""

import pytest
from chamber import marked, sitting
from django.db import DatabaseError, transaction
from stage import MARKS, person

from apps.councils.models import SessionAct
from apps.councils.queries import room_of
from apps.councils.services import arrive, close_ballot, convene, depart, name_chair, name_secretary, note
from apps.councils.services.holding import QuorumLost, SessionMoved
from apps.councils.services.voting import Votes
from apps.judging.models import ConflictKind
from apps.judging.services import declare_conflict
from apps.rounds.models import Body, Post
from tieubieu.audit.models import Event
from tieubieu.errors import DomainError, WrongState

pytestmark = pytest.mark.usefixtures("in_daklak")


def test_the_chair_presides_and_who_opens_keeps_the_minutes_when_there_is_no_secretary():
    held = sitting()

    assert held.session.chair == held.members[0]
    assert held.session.secretary == held.officer
    assert [item.group for item in held.session.items.all()] == ["2"]


def test_without_a_chair_somebody_has_to_be_named():
    stage = marked(MARKS)
    seats = list(stage.round.appointments.filter(body=Body.COUNCIL).order_by("seat"))[1:]
    here = [member.pk for member in seats]

    with pytest.raises(DomainError, match="chọn thành viên có mặt làm chủ tọa"):
        convene(stage.round.pk, present=here, actor=stage.officer)
    session = convene(stage.round.pk, present=here, chair=here[0], actor=stage.officer)

    assert session.chair == seats[0]


def test_a_chair_who_is_not_there_cannot_preside():
    stage = marked(MARKS)
    seats = list(stage.round.appointments.filter(body=Body.COUNCIL).order_by("seat"))

    with pytest.raises(DomainError, match="đang có mặt"):
        convene(stage.round.pk, present=[m.pk for m in seats[:6]], chair=seats[6].pk, actor=stage.officer)


def test_the_councils_secretary_keeps_the_minutes_when_there_is_one():
    stage = marked(MARKS)
    seats = list(stage.round.appointments.filter(body=Body.COUNCIL).order_by("seat"))
    stage.round.appointments.filter(pk=seats[2].pk).update(post=Post.SECRETARY)

    session = convene(stage.round.pk, present=[m.pk for m in seats], actor=stage.officer)

    assert session.secretary == seats[2].person


def test_the_council_does_not_meet_while_a_members_conflict_waits_for_its_decision():
    stage = marked(MARKS)
    seats = list(stage.round.appointments.filter(body=Body.COUNCIL).order_by("seat"))
    declare_conflict(
        stage.round.pk, facility_id=stage.entries[0].facility_id, kind=ConflictKind.FAMILY, words="Người nhà",
        actor=seats[2].person,
    )  # fmt: skip

    with pytest.raises(DomainError, match="chưa được quyết định"):
        convene(stage.round.pk, present=[m.pk for m in seats], actor=stage.officer)


def test_the_minutes_are_not_kept_by_a_stranger():
    held = sitting()

    with pytest.raises(DomainError, match="Thư ký phiên họp phải thuộc"):
        name_secretary(held.session.pk, person("nguoi-ngoai").pk, actor=held.officer)
    name_secretary(held.session.pk, held.members[3].person_id, actor=held.officer)

    assert held.now.secretary == held.members[3].person


def test_voting_stops_when_a_member_leaves_below_the_quorum_and_goes_on_when_one_returns():
    held = sitting(present=5)
    ballot = held.opened(0)

    depart(held.session.pk, held.members[4].pk, actor=held.officer)
    with pytest.raises(QuorumLost, match=r"Dừng biểu quyết.*có mặt 4/7, cần ít nhất 5"):
        close_ballot(ballot.pk, hands=Votes(4), actor=held.officer)
    arrive(held.session.pk, held.members[5].pk, actor=held.officer)

    assert close_ballot(ballot.pk, hands=Votes(4), actor=held.officer).is_adopted


def test_a_vote_is_not_opened_below_the_quorum():
    held = sitting(present=5)
    depart(held.session.pk, held.members[4].pk, actor=held.officer)

    with pytest.raises(QuorumLost):
        held.opened(0)

    assert held.session.ballots.count() == 0


def test_without_the_guard_four_would_vote(monkeypatch):
    """Control for the test above."""
    monkeypatch.setattr("apps.councils.services.voting.require_vote_possible", lambda *_: None)
    held = sitting(present=5)
    depart(held.session.pk, held.members[4].pk, actor=held.officer)

    assert held.opened(0).entitled == 4


def test_without_a_chair_in_the_room_nobody_votes_until_one_is_named():
    held = sitting()
    depart(held.session.pk, held.members[0].pk, actor=held.officer)

    with pytest.raises(WrongState, match="Chủ tọa không có mặt"):
        held.opened(0)
    name_chair(held.session.pk, held.members[1].pk, actor=held.officer)

    assert held.opened(0).entitled == 6


def test_a_member_who_comes_back_has_a_second_stay():
    held = sitting()
    member = held.members[6]

    depart(held.session.pk, member.pk, actor=held.officer)
    arrive(held.session.pk, member.pk, actor=held.officer)

    stays = list(held.session.attendances.filter(member=member))
    assert [stay.left_at is None for stay in stays] == [False, True]
    assert stays[0].arrived_at < stays[0].left_at <= stays[1].arrived_at
    assert room_of(held.session).words == "có mặt 7/7, cần ít nhất 5"


def test_nobody_arrives_or_leaves_twice():
    held = sitting(present=6)

    with pytest.raises(WrongState, match="đã được ghi là có mặt"):
        arrive(held.session.pk, held.members[0].pk, actor=held.officer)
    with pytest.raises(WrongState, match="không được ghi là có mặt"):
        depart(held.session.pk, held.members[6].pk, actor=held.officer)


def test_strangers_do_not_come_in():
    held = sitting()
    judge = held.stage.round.appointments.filter(body=Body.PANEL).first()

    with pytest.raises(DomainError, match="không phải thành viên Hội đồng"):
        arrive(held.session.pk, judge.pk, actor=held.officer)


def test_a_second_secretary_is_told_what_changed_and_nothing_is_written():
    held = sitting()
    seen = held.now.version
    depart(held.session.pk, held.members[6].pk, actor=held.officer, seen=seen)
    before = SessionAct.objects.count()

    with pytest.raises(SessionMoved, match=r"thành viên rời phiên họp \(Chuyen-Vien\)"):
        note(held.session.pk, held.item.pk, text="Ý kiến", actor=held.officer, seen=seen)

    assert SessionAct.objects.count() == before


def test_every_act_is_a_line_of_the_log_and_of_the_audit_chain():
    held = sitting()
    depart(held.session.pk, held.members[6].pk, actor=held.officer)
    note(held.session.pk, held.item.pk, text="Sản phẩm có thị trường", actor=held.officer)

    kinds = list(held.session.log.values_list("seq", "kind"))
    assert kinds == [(1, "councils.session.convened"), (2, "councils.member.left"), (3, "councils.item.noted")]
    assert list(Event.objects.filter(tag__startswith="councils.").order_by("seq").values_list("tag", flat=True)) == [
        kind for _, kind in kinds
    ]


@pytest.mark.parametrize("change", ["update", "delete"])
def test_what_the_log_says_stays(change):
    held = sitting()
    lines = SessionAct.objects.filter(session=held.session)

    with pytest.raises(DatabaseError), transaction.atomic():
        lines.update(actor_name="Người khác") if change == "update" else lines.delete()


def test_an_empty_note_is_refused():
    held = sitting()

    with pytest.raises(DomainError, match="ghi ý kiến"):
        note(held.session.pk, held.item.pk, text="  ", actor=held.officer)
