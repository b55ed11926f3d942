"""A round opens when nothing is missing; each guard is tried, and shown to be the one that holds."""

from datetime import timedelta

import pytest
from stage import person, planned, windows

from apps.accounts.models import Role
from apps.rounds.models import Body, Level, Post, Window
from apps.rounds.queries import readiness
from apps.rounds.queries.readiness import NEEDED, Part, obstacles
from apps.rounds.services import (
    PromiseShortened,
    appoint,
    close_filing,
    open_round,
    plan_round,
    release_member,
    revise_plan,
)
from apps.rounds.services import rounds as services
from apps.rounds.states import Phase
from tieubieu.errors import DomainError, WrongState
from tieubieu.moments import transaction_time

pytestmark = pytest.mark.usefixtures("in_daklak")


def without_a_council_member(stage):
    stage.round.appointments.filter(body=Body.COUNCIL, post=Post.MEMBER).first().delete()


def with_a_fourth_judge(stage):
    appoint(stage.round.pk, person("giam-khao-thu-tu"), body=Body.PANEL, actor=stage.officer, seat=4)


def without_a_chair(stage):
    stage.round.appointments.filter(body=Body.COUNCIL).update(post=Post.MEMBER)


def without_a_head_of_the_panel(stage):
    stage.round.appointments.filter(body=Body.PANEL).update(post=Post.MEMBER)


def without_enough_judges(stage):
    stage.refreshed().rules["panel"]["min_judges"] = 5
    stage.round.save()


def without_the_scoring_window(stage):
    stage.round.windows.filter(kind="scoring").delete()


def without_a_responsible_officer(stage):
    stage.round.windows.filter(kind="screening").update(officer=None)


def with_a_filing_window_of_yesterday(stage):
    now = transaction_time()
    stage.round.windows.filter(kind="filing").update(opens_at=now - timedelta(days=2), closes_at=now)


GUARDS = [
    (without_a_council_member, "7 hoặc 9 thành viên; hiện có 6. (Điều 9)", Part.COUNCIL),
    (with_a_fourth_judge, "số lẻ thành viên; hiện có 4. (Điều 11)", Part.PANEL),
    (without_a_chair, "Hội đồng bình chọn phải có một Chủ tịch; hiện có 0.", Part.COUNCIL),
    (without_a_head_of_the_panel, "Ban Giám khảo phải có một Trưởng ban; hiện có 0.", Part.PANEL),
    (without_enough_judges, "ít nhất 5 giám khảo; hiện có 3.", Part.PANEL),
    (without_the_scoring_window, "Chưa đặt thời hạn: chấm điểm.", Part.WINDOWS),
    (without_a_responsible_officer, "Chưa có cán bộ chịu trách nhiệm: kiểm tra hồ sơ.", Part.WINDOWS),
    (with_a_filing_window_of_yesterday, "Thời gian nhận hồ sơ đã hết", Part.WINDOWS),
]


@pytest.mark.parametrize(("spoil", "told", "part"), GUARDS, ids=[spoil.__name__ for spoil, _, _ in GUARDS])
def test_each_gap_keeps_the_round_closed_and_is_told(spoil, told, part):
    stage = planned()
    spoil(stage)

    with pytest.raises(DomainError) as refused:
        open_round(stage.round.pk, actor=stage.officer)

    assert told in refused.value.message
    assert refused.value.facts["parts"] == [part.value]
    assert stage.refreshed().phase == Phase.PLANNED


@pytest.mark.parametrize("spoil", [spoil for spoil, _, _ in GUARDS], ids=lambda spoil: spoil.__name__)
def test_without_the_guard_the_same_round_would_open(monkeypatch, spoil):
    """Control for the test above."""
    stage = planned()
    spoil(stage)
    monkeypatch.setattr(services, "_require_nothing_missing", lambda held: None)

    open_round(stage.round.pk, actor=stage.officer)

    assert stage.refreshed().phase == Phase.OPEN


def test_a_whole_plan_has_nothing_in_the_way():
    stage = planned()

    assert obstacles(stage.refreshed()) == []
    assert open_round(stage.round.pk, actor=stage.officer).phase == Phase.OPEN


def test_a_bare_draft_is_told_all_that_it_lacks():
    officer = person("chuyen-vien", Role.OFFICER)
    round = plan_round(
        code="MOI-2026", level=Level.COMMUNE, year=2026, ordinal=1, name="Kỳ xã", area_code="24121", actor=officer
    )

    told = [str(obstacle) for obstacle in obstacles(round)]

    assert told == [
        "Văn bản kế hoạch còn thiếu: số, ngày, cơ quan ban hành. (Điều 14)",
        "Kế hoạch chưa được duyệt, bộ quy định chưa chốt.",
        "Chưa đặt thời hạn: thông báo, nhận hồ sơ, bổ sung hồ sơ, kiểm tra hồ sơ, chấm điểm, họp Hội đồng.",
        "Hội đồng bình chọn phải có 5 hoặc 7 thành viên; hiện có 0. (Điều 9)",
        "Ban Giám khảo phải có số lẻ thành viên; hiện có 0. (Điều 11)",
    ]
    with pytest.raises(WrongState):
        open_round(round.pk, actor=officer)


def test_a_plan_that_was_taken_back_cannot_open_until_it_is_approved_again():
    stage = planned()

    revise_plan(stage.round.pk, reason="Sửa chỉ tiêu", actor=stage.officer)

    with pytest.raises(WrongState):
        open_round(stage.round.pk, actor=stage.officer)
    assert stage.refreshed().rules == {}


def test_taking_a_plan_back_needs_a_reason_and_an_unopened_round():
    stage = planned()

    with pytest.raises(DomainError, match="lý do"):
        revise_plan(stage.round.pk, reason="  ", actor=stage.officer)
    open_round(stage.round.pk, actor=stage.officer)
    with pytest.raises(WrongState):
        revise_plan(stage.round.pk, reason="Muộn rồi", actor=stage.officer)


def test_every_window_but_the_legal_one_is_needed():
    assert {kind.value for kind in NEEDED} == set(Window.kind.field.choices and dict(Window.kind.field.choices)) - {
        "complaint"
    }


def test_an_opened_round_does_not_ask_whether_filing_is_past():
    stage = planned()
    open_round(stage.round.pk, actor=stage.officer)
    with_a_filing_window_of_yesterday(stage)

    assert readiness.window_obstacles(stage.refreshed()) == []


def test_windows_may_be_set_again_before_the_opening():
    stage = planned()

    windows(stage.round, stage.officer, filing=(2, 9))

    assert stage.round.windows.get(kind="filing").changes.count() == 2


def test_a_released_member_leaves_a_trace_and_a_gap():
    stage = planned()
    seat = stage.round.appointments.filter(body=Body.COUNCIL, post=Post.MEMBER).first()

    release_member(seat.pk, reason="Quyết định 15/QĐ-UBND", actor=stage.officer)

    assert stage.round.seat_changes.filter(left=seat.person, joined=None).count() == 1
    assert [o.part for o in obstacles(stage.refreshed())] == [Part.COUNCIL]


def test_filing_is_not_closed_before_its_announced_time_has_run_out():
    stage = planned()
    open_round(stage.round.pk, actor=stage.officer)
    now = transaction_time()
    stage.refreshed().rules["filing_grace_minutes"] = 5
    stage.round.save()

    for closes_at in (now + timedelta(days=1), now - timedelta(minutes=4)):
        stage.round.windows.filter(kind="filing").update(closes_at=closes_at)
        with pytest.raises(PromiseShortened, match="Muốn đóng sớm"):
            close_filing(stage.round.pk, actor=stage.officer)

    stage.round.windows.filter(kind="filing").update(closes_at=now - timedelta(minutes=5))
    assert close_filing(stage.round.pk, actor=stage.officer).phase == Phase.SCREENING


def test_a_filing_that_is_closed_already_is_not_closed_again():
    stage = planned()

    with pytest.raises(WrongState):
        close_filing(stage.round.pk, actor=stage.officer)
