"""Windows: half-open by the database's clock, kept promises, the legal complaint time."""

from datetime import UTC, date, datetime, timedelta

import pytest
from stage import concluded, opened, person, planned

from apps.accounts.models import Role
from apps.recognition.services import SignedDecision, publish_results, record_decision
from apps.rounds.models import LocalDayKind, WindowChange
from apps.rounds.queries.days import end_of, last_day
from apps.rounds.services import (
    DocumentMissing,
    Grounds,
    PromiseShortened,
    WindowClosed,
    advance,
    filing_closes_at,
    require_window,
    set_local_day,
    set_window,
)
from apps.rounds.services.windows import complaint_end
from tieubieu.audit.models import Event
from tieubieu.errors import DomainError, WrongState
from tieubieu.moments import transaction_time

pytestmark = pytest.mark.usefixtures("in_daklak")
TICK = timedelta(microseconds=1)


@pytest.fixture
def stage():
    made = opened()
    made.refreshed()
    return made


def filing(stage):
    return stage.round.windows.get(kind="filing")


def close_filing_at(stage, moment):
    stage.round.windows.filter(kind="filing").update(closes_at=moment)


def grant_grace(stage, minutes):
    stage.round.rules["filing_grace_minutes"] = minutes
    stage.round.save()


def move_filing(stage, reason="", **changes):
    window = filing(stage)
    grounds = Grounds(reason, "231/TB-SCT", date(2026, 7, 1)) if reason else Grounds()
    given = {"opens_at": window.opens_at, "closes_at": window.closes_at, "officer": stage.officer} | changes
    return set_window(stage.round.pk, "filing", actor=stage.officer, grounds=grounds, **given)


def test_an_open_window_answers_with_the_moment_that_decided(stage):
    assert require_window(stage.round, "filing") == transaction_time()


def test_a_window_is_open_at_its_first_moment_and_closed_at_its_last(stage):
    now = transaction_time()
    stage.round.windows.filter(kind="filing").update(opens_at=now, closes_at=now + TICK)
    assert require_window(stage.round, "filing") == now

    stage.round.windows.filter(kind="filing").update(opens_at=now - TICK, closes_at=now)
    with pytest.raises(WindowClosed):
        require_window(stage.round, "filing")


def test_the_grace_is_added_to_filing_to_the_microsecond_and_to_nothing_else(stage):
    grant_grace(stage, 5)
    now = transaction_time()

    close_filing_at(stage, now - timedelta(minutes=5) + TICK)
    assert require_window(stage.round, "filing") == now
    close_filing_at(stage, now - timedelta(minutes=5))
    with pytest.raises(WindowClosed):
        require_window(stage.round, "filing")

    stage.round.windows.filter(kind="announce").update(closes_at=now)
    with pytest.raises(WindowClosed):
        require_window(stage.round, "announce")


def test_filing_closes_with_the_grace(stage):
    assert filing_closes_at(stage.round) == filing(stage).closes_at
    grant_grace(stage, 10)
    assert filing_closes_at(stage.round) == filing(stage).closes_at + timedelta(minutes=10)


def test_a_closed_window_says_when_it_closed_and_whom_to_call(stage):
    stage.officer.phone = "0905 123 456"
    stage.officer.save()
    grant_grace(stage, 5)
    stage.round.windows.filter(kind="filing").update(
        opens_at=datetime(2026, 1, 1, tzinfo=UTC), closes_at=datetime(2026, 6, 30, 10, tzinfo=UTC)
    )

    with pytest.raises(WindowClosed) as closed:
        require_window(stage.round, "filing")

    assert closed.value.message == (
        "Thời gian nhận hồ sơ đã kết thúc vào 17 giờ 00, ngày 30/06/2026."
        f" Cần hỏi, xin gọi {stage.officer.full_name}, điện thoại 0905 123 456."
    )
    assert closed.value.status == 409


def test_a_window_that_is_not_open_yet_says_when_it_opens(stage):
    opens_at = datetime(2031, 1, 5, 1, tzinfo=UTC)
    stage.round.windows.filter(kind="filing").update(opens_at=opens_at, closes_at=opens_at + TICK)

    with pytest.raises(WindowClosed, match="mở lúc 08 giờ 00, ngày 05/01/2031"):
        require_window(stage.round, "filing")


def test_a_window_that_nobody_set_is_closed(stage):
    with pytest.raises(WindowClosed, match="chưa đặt thời gian khiếu nại"):
        require_window(stage.round, "complaint")


def test_moving_a_window_of_a_running_round_needs_a_reason_and_is_kept(stage):
    before = filing(stage)
    later = before.closes_at + timedelta(days=7)

    with pytest.raises(DomainError, match="lý do"):
        move_filing(stage, closes_at=later)
    move_filing(stage, closes_at=later, reason="Mưa lũ kéo dài")

    change = WindowChange.objects.filter(window=before).latest("changed_at", "opened_before")
    assert filing(stage).closes_at == later
    assert (change.closed_before, change.closes_at, change.reason) == (before.closes_at, later, "Mưa lũ kéo dài")


@pytest.mark.parametrize("kind", ["filing", "supplement"])
def test_what_was_announced_to_facilities_moves_by_a_document_only(stage, kind):
    window = stage.round.windows.get(kind=kind)
    later = window.closes_at + timedelta(days=7)
    wanted = {"opens_at": window.opens_at, "closes_at": later, "officer": stage.officer, "actor": stage.officer}

    for grounds in (Grounds("Mưa lũ"), Grounds("Mưa lũ", "231/TB-SCT"), Grounds("Mưa lũ", "", date(2026, 7, 1))):
        with pytest.raises(DocumentMissing, match="cần số và ngày của văn bản"):
            set_window(stage.round.pk, kind, grounds=grounds, **wanted)
    set_window(stage.round.pk, kind, grounds=Grounds("Mưa lũ", "231/TB-SCT", date(2026, 7, 1)), **wanted)

    change = WindowChange.objects.get(window=window, reason="Mưa lũ")
    assert (change.closes_at, change.document_number, change.document_on) == (later, "231/TB-SCT", date(2026, 7, 1))


def test_who_answers_and_inner_windows_change_without_a_document(stage):
    colleague = person("dong-nghiep", Role.OFFICER)
    window = filing(stage)
    kept = {"opens_at": window.opens_at, "closes_at": window.closes_at}
    set_window(stage.round.pk, "filing", officer=colleague, actor=stage.officer, grounds=Grounds("Đổi người"), **kept)
    scoring = stage.round.windows.get(kind="scoring")

    set_window(
        stage.round.pk,
        "scoring",
        opens_at=scoring.opens_at,
        closes_at=scoring.closes_at + timedelta(days=1),
        officer=stage.officer,
        actor=stage.officer,
        grounds=Grounds("Thêm hồ sơ"),
    )

    assert filing(stage).officer == colleague
    assert stage.round.windows.get(kind="scoring").closes_at == scoring.closes_at + timedelta(days=1)


@pytest.mark.parametrize("change", [{"opens_at": timedelta(days=1)}, {"closes_at": -timedelta(days=1)}])
def test_promised_time_is_taken_back_only_after_a_confirmation(stage, change):
    window = filing(stage)
    moved = {name: getattr(window, name) + by for name, by in change.items()}

    with pytest.raises(PromiseShortened, match="cần xác nhận việc rút ngắn"):
        move_filing(stage, reason="Đổi lịch", **moved)
    assert filing(stage).closes_at == window.closes_at

    move_filing(stage, reason="Đổi lịch", is_shortening_confirmed=True, **moved)
    assert {name: getattr(filing(stage), name) for name in moved} == moved


def test_before_the_opening_nothing_was_promised():
    stage = planned()

    move_filing(stage, closes_at=filing(stage).closes_at - timedelta(days=5))

    assert filing(stage).changes.count() == 2


def test_setting_the_same_again_changes_nothing(stage):
    events = Event.objects.count()

    move_filing(stage)

    assert (Event.objects.count(), filing(stage).changes.count()) == (events, 1)


def test_work_that_is_done_keeps_its_window(stage):
    advance(stage.round.pk, "close_filing", actor=stage.officer)

    with pytest.raises(WrongState, match="đã xong"):
        move_filing(stage, reason="Gia hạn", closes_at=filing(stage).closes_at + timedelta(days=9))


def test_a_window_has_length_and_a_known_kind(stage):
    with pytest.raises(DomainError, match="phải sau"):
        move_filing(stage, closes_at=filing(stage).opens_at, reason="Sai")
    with pytest.raises(DomainError, match="Không có thời hạn nào"):
        set_window(stage.round.pk, "tea", opens_at=transaction_time(), officer=None, actor=stage.officer)


def test_the_complaint_window_is_fifteen_working_days_whatever_was_asked():
    """Notice on 22/04/2026; off are 25–27/04 (Giỗ Tổ and its substitute), 30/04, 01/05 and the weekends."""
    stage = planned()

    window = set_window(
        stage.round.pk,
        "complaint",
        opens_at=datetime(2026, 4, 22, 2, tzinfo=UTC),
        closes_at=datetime(2026, 4, 23, tzinfo=UTC),
        officer=stage.officer,
        actor=stage.officer,
    )

    assert last_day(window.closes_at) == date(2026, 5, 18)
    assert window.closes_at == end_of(date(2026, 5, 18))


def test_a_local_day_off_makes_the_complaint_window_a_day_longer():
    stage = planned()
    set_local_day(date(2026, 5, 5), kind=LocalDayKind.OFF, name="Lễ của tỉnh", actor=stage.officer)

    window = set_window(
        stage.round.pk,
        "complaint",
        opens_at=datetime(2026, 4, 22, 2, tzinfo=UTC),
        officer=stage.officer,
        actor=stage.officer,
    )

    assert last_day(window.closes_at) == date(2026, 5, 19)


def test_past_the_known_days_the_complaint_window_is_refused_in_words():
    stage = planned()

    with pytest.raises(DomainError, match="Chưa có lịch nghỉ của năm 2028"):
        set_window(
            stage.round.pk,
            "complaint",
            opens_at=datetime(2027, 12, 28, tzinfo=UTC),
            officer=None,
            actor=stage.officer,
        )


def test_the_legal_time_for_complaints_begins_when_the_result_is_told():
    stage = concluded()
    planned_at = transaction_time() + timedelta(days=90)
    set_window(
        stage.round.pk,
        "complaint",
        opens_at=planned_at,
        officer=stage.officer,
        actor=stage.officer,
        grounds=Grounds("Dự kiến"),
    )
    record_decision(
        stage.round.pk, SignedDecision("1/QĐ", date(2026, 11, 2), "A", "B", "UBND tỉnh"), actor=stage.officer
    )

    publish_results(stage.round.pk, actor=stage.officer)

    window = stage.round.windows.get(kind="complaint")
    assert window.opens_at == transaction_time()
    assert window.closes_at > window.opens_at
    assert window.changes.first().reason in ("Công bố kết quả", "Dự kiến")


def test_a_round_published_without_a_planned_complaint_window_gets_the_legal_one():
    stage = concluded()
    record_decision(
        stage.round.pk, SignedDecision("1/QĐ", date(2026, 11, 2), "A", "B", "UBND tỉnh"), actor=stage.officer
    )

    publish_results(stage.round.pk, actor=stage.officer)

    window = stage.round.windows.get(kind="complaint")
    assert (window.opens_at, window.officer) == (transaction_time(), stage.officer)
    assert window.closes_at == complaint_end(stage.refreshed(), window.opens_at)


def test_a_change_names_who_answered_before_and_who_answers_now(stage):
    colleague = person("dong-nghiep", Role.OFFICER, name="Lê Thị Đồng Nghiệp")

    window = move_filing(stage, officer=colleague, reason="Đổi người")

    names = list(window.changes.filter(reason="Đổi người").values_list("responsible_before", "responsible"))
    assert names == [(stage.officer.full_name, "Lê Thị Đồng Nghiệp")]
    assert window.responsible == "Lê Thị Đồng Nghiệp"
