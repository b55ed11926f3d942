"""Schedules in working days, what is odd about them, the days off behind them, and taking an old round over."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from browsers import at
from django.utils import timezone
from stage import decided, opened, person, planned

from apps.accounts.models import OrganisationalUnit, Role
from apps.rounds.models import Level, LocalDay, LocalDayKind, Window, WindowKind
from apps.rounds.queries.copying import choices_of, takeover
from apps.rounds.queries.days import evening_of, last_day, morning_of, working_calendar
from apps.rounds.queries.schedule import CHAIN, advice, proposed, working_length
from apps.rounds.services import (
    approve_plan,
    copy_setup,
    plan_round,
    propose_windows,
    remove_local_day,
    revise_plan,
    save_bases,
    save_choices,
    set_local_day,
)
from tenants.gateways import inside
from tieubieu.errors import DomainError, WrongState

pytestmark = pytest.mark.usefixtures("in_daklak")
START = date(2026, 4, 20)


@pytest.fixture
def officer():
    return person("chuyen-vien", Role.OFFICER)


@pytest.fixture
def draft(officer):
    return plan_round(
        code="A-2027", level=Level.PROVINCE, year=2027, ordinal=1, name="A", area_code="66", actor=officer
    )


def window(kind, opens, closes):
    """From and to a day of May or June 2026."""
    opens, closes = (day if isinstance(day, date) else date(2026, *day) for day in (opens, closes))
    return Window(kind=kind, opens_at=morning_of(opens), closes_at=evening_of(closes))


def advised(*windows):
    return advice(windows, working_calendar(date(2026, 1, 1)))


def test_every_proposed_window_begins_and_ends_on_a_worked_day_and_the_road_has_no_gap():
    days = working_calendar(START)
    spans = proposed(START, days)

    touched = [timezone.localdate(s.opens_at) for s in spans.values()]
    touched += [last_day(s.closes_at) for s in spans.values() if s.closes_at]
    assert all(days.is_working_day(day) for day in touched)
    assert spans[WindowKind.COMPLAINT].closes_at is None
    for before, after in pairwise(CHAIN):
        between = last_day(spans[before].closes_at) + timedelta(days=1)
        while not days.is_working_day(between):
            between += timedelta(days=1)
        assert timezone.localdate(spans[after].opens_at) == between


def test_a_proposal_raises_no_advice(draft, officer):
    propose_windows(draft.pk, start=START, officer=officer, actor=officer)

    assert {kind: notes for kind, notes in advised(*draft.windows.all()).items() if notes} == {}


@pytest.mark.parametrize(
    ("windows", "kind", "told"),
    [
        ([window("filing", (5, 4), (5, 30))], "filing", "Ngày đóng rơi vào ngày nghỉ 30/05/2026."),
        ([window("filing", (4, 30), (5, 29))], "filing", "Ngày mở rơi vào ngày nghỉ 30/04/2026."),
        (
            [window("filing", (5, 4), (5, 29)), window("screening", (5, 28), (6, 9))],
            "screening",
            "Mở trước khi xong việc nhận hồ sơ.",
        ),
        (
            [window("filing", (5, 4), (5, 29)), window("screening", (6, 3), (6, 9))],
            "screening",
            "Để trống 2 ngày làm việc sau việc nhận hồ sơ.",
        ),
        (
            [window("announce", (5, 6), (5, 8)), window("filing", (5, 4), (5, 29))],
            "filing",
            "Nhận hồ sơ trước khi thông báo.",
        ),
        (
            [
                window("supplement", (6, 1), (6, 12)),
                window("screening", (6, 1), (6, 9)),
            ],
            "supplement",
            "Kéo dài quá thời gian kiểm tra hồ sơ.",
        ),
        ([window("filing", date(2027, 12, 1), date(2028, 1, 5))], "filing", "Chưa có lịch nghỉ của năm 2028"),
    ],
    ids=["ends-off", "opens-off", "overlap", "gap", "notice-late", "supplement-long", "unknown-year"],
)  # fmt: skip
def test_what_is_odd_is_told(windows, kind, told):
    assert any(told in note for note in advised(*windows)[kind])


def test_expected_days_off_are_told_as_such():
    windows = [window("filing", date(2027, 1, 25), date(2027, 2, 26))]

    (notes,) = advice(windows, working_calendar(date(2027, 1, 1)), [date(2027, 2, 8)]).values()

    assert notes == ["Có ngày nghỉ mới là dự kiến; xin xem lại khi có thông báo chính thức."]


def test_the_length_counts_both_ends():
    days = working_calendar(date(2026, 1, 1))

    assert working_length(window("filing", date(2026, 5, 4), date(2026, 5, 4)), days) == 1
    assert working_length(window("filing", date(2026, 4, 29), date(2026, 5, 4)), days) == 2


def test_a_local_day_wins_over_the_nations(officer):
    set_local_day(date(2026, 5, 5), kind=LocalDayKind.OFF, name="Lễ hội của tỉnh", actor=officer)
    set_local_day(date(2026, 5, 9), kind=LocalDayKind.WORKED, name="Làm bù", actor=officer)
    days = working_calendar(date(2026, 5, 1))

    assert not days.is_working_day(date(2026, 5, 5))
    assert days.is_working_day(date(2026, 5, 9))
    remove_local_day(LocalDay.objects.get(date=date(2026, 5, 5)).pk, actor=officer)
    assert working_calendar(date(2026, 5, 1)).is_working_day(date(2026, 5, 5))


def test_the_neighbours_days_do_not_count_here(officer, khanhhoa):
    with inside(khanhhoa):
        neighbour = person("chuyen-vien", Role.OFFICER)
        set_local_day(date(2026, 5, 5), kind=LocalDayKind.OFF, name="Lễ của Khánh Hòa", actor=neighbour)

    assert working_calendar(date(2026, 5, 1)).is_working_day(date(2026, 5, 5))


def test_a_weekend_needs_no_day_off(officer):
    with pytest.raises(DomainError, match="vốn đã nghỉ"):
        set_local_day(date(2026, 5, 9), kind=LocalDayKind.OFF, name="Thứ bảy", actor=officer)


def test_the_page_of_days_shows_the_nations_and_keeps_the_provinces(officer):
    client = at("daklak", officer)

    client.post("/ky-binh-chon/lich/", {"date": "05/05/2026", "kind": "off", "name": "Lễ hội đua voi"})
    words = client.get("/ky-binh-chon/lich/?nam=2026").content.decode()
    provisional = client.get("/ky-binh-chon/lich/?nam=2027").content.decode()
    client.post(f"/ky-binh-chon/lich/{LocalDay.objects.get().pk}/bo/")

    assert "Lễ hội đua voi" in words
    assert "Tết" in words
    assert words.count('button-quiet">Bỏ<') == 1
    assert "Dự kiến, chưa có thông báo" in provisional
    assert not LocalDay.objects.exists()


@pytest.mark.parametrize(("role", "reads", "writes"), [
    (Role.ADMINISTRATOR, 200, 302), (Role.OFFICER, 200, 302), (Role.LEADER, 200, 403), (Role.AUDITOR, 200, 403),
    (Role.COMMUNE_OFFICER, 200, 403), (None, 404, 404),
])  # fmt: skip
def test_who_reads_and_who_keeps_the_days(role, reads, writes):
    who = person("ai-do", *([role] if role else []))
    if role == Role.COMMUNE_OFFICER:
        who.unit = OrganisationalUnit.objects.create(name="UBND xã", commune_code="24121")
        who.save()
    client = at("daklak", who)

    assert client.get("/ky-binh-chon/lich/").status_code == reads
    answer = client.post("/ky-binh-chon/lich/", {"date": "05/05/2026", "kind": "off", "name": "Nghỉ"})
    assert answer.status_code == writes
    assert LocalDay.objects.exists() == (writes == 302)


def test_an_opened_round_is_not_scheduled_all_at_once():
    stage = opened()

    with pytest.raises(WrongState, match="từng thời hạn"):
        propose_windows(stage.round.pk, start=START, officer=stage.officer, actor=stage.officer)


def test_officers_named_already_stay_when_the_schedule_is_proposed_again(draft, officer):
    colleague = person("dong-nghiep", Role.OFFICER)
    propose_windows(draft.pk, start=START, officer=colleague, actor=officer)

    propose_windows(draft.pk, start=START + timedelta(days=7), officer=officer, actor=officer)

    assert {w.officer for w in draft.windows.select_related("officer")} == {colleague}


CHOICES = {
    "pass_mark": "75", "casting_vote": True, "filing_grace_minutes": 15, "quota": {"total": 30},
    "tell_scores": True,
    "awards": [{"name": "A", "amount": 1_000_000, "basis": "NQ 1"}], "panel": {"min_judges": 3},
    "parts": {"C3": [{"code": "3.1", "label": "Văn hóa", "max": "5"}, {"code": "3.2", "label": "Thẩm mỹ", "max": "5"}]},
}  # fmt: skip


def earlier():
    stage = planned(code="CU-2026")
    stage.round.refresh_from_db()
    revise_plan(stage.round.pk, reason="Thử", actor=stage.officer)
    save_bases(stage.round.pk, [{"kind": "Quyết định", "number": "1/QĐ"}], number=0, actor=stage.officer)
    approve_plan(stage.round.pk, plan_number="1/KH", plan_on=date(2026, 3, 2), choices=CHOICES, actor=stage.officer)
    stage.refreshed()
    return stage


def test_choices_read_from_frozen_rules_freeze_to_the_same_rules():
    stage = earlier()

    again = choices_of(stage.round.rules)

    assert {name: again[name] for name in CHOICES} == CHOICES


def test_an_earlier_round_is_taken_over_without_people_who_left():
    stage = earlier()
    gone = stage.council[3]
    gone.is_active = False
    gone.save()
    propose_windows(stage.round.pk, start=START, officer=stage.officer, actor=stage.officer)
    new = plan_round(
        code="MOI-2027", level=Level.PROVINCE, year=2027, ordinal=1, name="Mới", area_code="66", actor=stage.officer
    )

    copy_setup(new.pk, stage.round.pk, start=date(2027, 4, 19), actor=stage.officer)

    new.refresh_from_db()
    assert new.choices["pass_mark"] == "75"
    assert new.bases.get().items == [{"kind": "Quyết định", "number": "1/QĐ"}]
    assert new.appointments.count() == stage.round.appointments.count() - 1
    assert not new.appointments.filter(person=gone).exists()
    assert (new.plan_number, new.rules) == ("", {})
    days = working_calendar(date(2026, 1, 1))
    old = {w.kind: working_length(w, days) for w in stage.round.windows.all() if w.kind != "complaint"}
    moved = {w.kind: working_length(w, days) for w in new.windows.all() if w.kind != "complaint"}
    assert moved == old
    assert timezone.localdate(new.windows.get(kind="announce").opens_at) == date(2027, 4, 19)


def test_taking_over_twice_changes_nothing_more():
    stage = earlier()
    new = plan_round(
        code="MOI-2027", level=Level.PROVINCE, year=2027, ordinal=1, name="Mới", area_code="66", actor=stage.officer
    )
    copy_setup(new.pk, stage.round.pk, start=date(2027, 4, 19), actor=stage.officer)
    before = (new.appointments.count(), new.bases.count(), new.windows.count())

    copy_setup(new.pk, stage.round.pk, start=date(2027, 4, 19), actor=stage.officer)

    assert (new.appointments.count(), new.bases.count(), new.windows.count()) == before


def test_a_round_of_another_area_is_not_taken_over():
    stage = earlier()
    commune = plan_round(
        code="XA-2027", level=Level.COMMUNE, year=2027, ordinal=1, name="Xã", area_code="24121", actor=stage.officer
    )

    with pytest.raises(DomainError, match="không cùng cấp"):
        copy_setup(commune.pk, stage.round.pk, start=date(2027, 4, 19), actor=stage.officer)


def test_what_would_come_is_shown_before_it_comes():
    stage = earlier()
    new = plan_round(
        code="MOI-2027", level=Level.PROVINCE, year=2027, ordinal=1, name="Mới", area_code="66", actor=stage.officer
    )
    client = at("daklak", stage.officer)
    path = f"/ky-binh-chon/{new.code}/thiet-lap/chep/"

    shown = client.get(path, {"source": stage.round.code, "start": "19/04/2027"}).content.decode()
    new.refresh_from_db()
    untouched = (new.choices, new.appointments.count())
    client.post(path, {"source": stage.round.code, "start": "19/04/2027"})

    assert "Sẽ chép từ CU-2026" in shown
    assert stage.council[0].full_name in shown
    assert untouched == ({}, 0)
    assert new.appointments.count() == 10


def test_the_start_of_a_takeover_is_the_first_worked_day():
    stage = earlier()
    propose_windows(stage.round.pk, start=START, officer=stage.officer, actor=stage.officer)
    new = plan_round(
        code="MOI-2027", level=Level.PROVINCE, year=2027, ordinal=1, name="Mới", area_code="66", actor=stage.officer
    )

    found = takeover(new, stage.round, date(2027, 4, 17))  # a Saturday

    assert timezone.localdate(found.spans[WindowKind.ANNOUNCE].opens_at) == date(2027, 4, 19)


def test_a_choice_that_became_unlawful_keeps_the_takeover_out(draft, officer):
    with pytest.raises(DomainError, match="không được hạ"):
        save_choices(draft.pk, {"pass_mark": "60"}, version=0, actor=officer)


def test_midnight_belongs_to_the_day_before():
    assert last_day(datetime(2026, 5, 18, 17, tzinfo=UTC)) == date(2026, 5, 18)


def test_a_decided_round_can_be_copied_from():
    stage = decided()

    assert choices_of(stage.refreshed().rules)["pass_mark"] == "70"
