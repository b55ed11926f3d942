"""Appointing on the pages: the council, the panel, the support team; and the windows with their officers."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from browsers import at
from django.utils import timezone
from exports import LIVE_NAME, sheets, words_of
from python_calamine import CalamineWorkbook
from setups import page, shown
from stage import opened, person

from apps.accounts.models import Person, Role
from apps.rounds.models import Body, Level, Post
from apps.rounds.services import appoint, plan_round, replace_member
from tieubieu.notices.models import Notice

pytestmark = pytest.mark.usefixtures("in_daklak")


def test_people_are_appointed_added_replaced_and_released(client, draft):
    known = person("nguoi-cu", name="Y Bhăm Niê")
    other = person("nguoi-thay", name="H'Hen Niê")
    body = page(draft.code, "to-chuc/hoi-dong/")

    client.post(body, {"person": str(known.pk), "post": "chair"})
    client.post(
        f"{body}nguoi-moi/",
        {"full_name": "Lê Thị Thu Hà", "position": "Giám đốc", "unit": "Sở Công Thương", "email": "ha@example.vn",
         "post": "deputy"},
    )  # fmt: skip
    seat = draft.appointments.get(person=known)
    client.post(page(draft.code, f"thanh-vien/{seat.pk}/thay/"), {"person": str(other.pk), "reason": "QĐ 15"})
    client.post(page(draft.code, f"thanh-vien/{seat.pk}/"), {"post": "chair", "seat": "2"})

    added = Person.objects.get(email="ha@example.vn")
    assert (added.full_name, added.unit.name, added.has_usable_password()) == ("Lê Thị Thu Hà", "Sở Công Thương", False)
    assert list(draft.appointments.values_list("person__login", "post", "seat")) == [
        (added.login, "deputy", 1),
        ("nguoi-thay", "chair", 2),
    ]
    client.post(page(draft.code, f"thanh-vien/{seat.pk}/thoi/"), {"reason": "Nghỉ hưu"})
    assert draft.appointments.count() == 1
    words = shown(client.get(body))
    assert "Y Bhăm Niê" in words
    assert "Nghỉ hưu" in words


def test_a_release_that_is_refused_keeps_what_was_typed(client, draft):
    seat = appoint(draft.pk, person("nguoi-cu"), body=Body.COUNCIL, actor=person("can-bo-khac"), post=Post.MEMBER)
    reason = "Nghỉ hưu. " * 60
    typed = {"reason": reason, "hop-thoai": "cho-thoi"}

    answer = client.post(page(draft.code, f"thanh-vien/{seat.pk}/thoi/"), typed)

    assert answer.status_code == 422
    assert reason.strip() in shown(answer)
    assert 'id="cho-thoi-loi"' in answer.content.decode()
    assert draft.appointments.filter(pk=seat.pk).exists()


def test_nobody_sits_twice_and_one_head_is_enough(client, draft):
    known, other = person("nguoi-cu"), person("nguoi-thu-hai")
    body = page(draft.code, "to-chuc/ban-giam-khao/")
    client.post(body, {"person": str(known.pk), "post": "chair"})

    again = client.post(body, {"person": str(known.pk), "post": "member"})
    second = client.post(body, {"person": str(other.pk), "post": "chair"})

    assert again.status_code == 422
    assert second.status_code == 422
    assert "đã có người đứng đầu" in shown(second)
    assert draft.appointments.count() == 1


def test_an_address_that_is_somebodys_is_told_and_nobody_is_added(client, draft):
    known = person("nguoi-cu", name="Y Bhăm Niê")
    known.email = "bham@example.vn"
    known.save()

    answer = client.post(
        page(draft.code, "to-chuc/hoi-dong/nguoi-moi/"),
        {"full_name": "Ai Đó", "email": "BHAM@example.vn", "post": "member"},
    )

    assert answer.status_code == 422
    assert "là của Y Bhăm Niê" in shown(answer)
    assert not Person.objects.filter(full_name="Ai Đó").exists()


def test_the_seats_are_exported(client, draft, officer):
    appoint(draft.pk, person("nguoi-cu", name="Y Bhăm Niê"), body=Body.PANEL, post=Post.CHAIR, actor=officer)

    book = client.get(page(draft.code, "thanh-vien.xlsx"))

    rows = CalamineWorkbook.from_filelike(BytesIO(book.content)).get_sheet_by_index(0).to_python()
    assert rows[1][:4] == ["Ban Giám khảo", 1.0, "Y Bhăm Niê", "Trưởng Ban Giám khảo"]


def test_how_the_bodies_came_to_be_so_is_exported_of_this_round_alone(client, draft, officer):
    other = plan_round(
        code="KHAC-2027", level=Level.PROVINCE, year=2027, ordinal=9, name="Kỳ khác", area_code="66", actor=officer
    )
    appoint(other.pk, person("ky-khac", name="Người kỳ khác"), body=Body.PANEL, post=Post.CHAIR, actor=officer)
    one, next_one = person("nguoi-cu", name=LIVE_NAME), person("nguoi-thay", name="H'Hen Niê")
    appoint(draft.pk, one, body=Body.PANEL, post=Post.CHAIR, actor=officer)
    replace_member(draft.appointments.get().pk, next_one, reason="QĐ 15", actor=officer)

    told = sheets(client.get(page(draft.code, "thanh-vien.xlsx")))

    changes = sorted([line[n] for n in (0, 2, 3, 4)] for line in told["Các lần cử, thay, thôi"][1:])
    assert changes == [["Ban Giám khảo", "", LIVE_NAME, ""], ["Ban Giám khảo", LIVE_NAME, "H'Hen Niê", "QĐ 15"]]
    assert "Người kỳ khác" not in words_of(told)


def test_the_windows_are_proposed_in_working_days(client, draft, officer):
    client.post(page(draft.code, "thoi-han/"), {"start": "20/04/2026", "officer": str(officer.pk)})

    windows = {w.kind: w for w in draft.windows.all()}
    assert set(windows) == {"announce", "filing", "supplement", "screening", "scoring", "council", "complaint"}
    assert timezone.localtime(windows["announce"].opens_at).date() == date(2026, 4, 20)
    # ten working days from 20/04: 20–24/04, 28 and 29/04, 04–06/05; off are 25–27/04, 30/04, 01/05 and the weekend
    assert timezone.localtime(windows["announce"].closes_at).date() == date(2026, 5, 6)
    assert all(w.officer == officer for w in windows.values())


def test_a_proposal_past_the_known_calendar_is_told(client, draft, officer):
    answer = client.post(page(draft.code, "thoi-han/"), {"start": "20/11/2027", "officer": str(officer.pk)})

    assert answer.status_code == 422
    assert "Chưa có lịch nghỉ của năm 2028" in shown(answer)


def test_shortening_a_promised_window_asks_once_more_and_is_told_to_those_concerned():
    stage = opened()
    keeper = person("nguoi-giu-han", Role.OFFICER)
    stage.round.windows.filter(kind="scoring").update(officer=keeper)
    browser = at("daklak", stage.officer)
    window = stage.round.windows.get(kind="scoring")
    opens, closes = timezone.localtime(window.opens_at), timezone.localtime(window.closes_at) - timedelta(days=3)
    data = {
        "opens_on": f"{opens:%d/%m/%Y}", "opens_time": f"{opens + timedelta(minutes=1):%H:%M}",
        "closes_on": f"{closes:%d/%m/%Y}", "closes_time": "17:00", "officer": str(keeper.pk), "reason": "Đổi lịch họp",
    }  # fmt: skip

    asked = browser.post(page(stage.round.code, "thoi-han/scoring/"), data)
    assert asked.status_code == 422
    assert "cần xác nhận việc rút ngắn" in shown(asked)
    assert "Đổi lịch họp" in shown(asked)

    browser.post(page(stage.round.code, "thoi-han/scoring/"), {**data, "is_confirmed": "on"})
    told = set(
        Notice.objects.filter(subject__startswith="Đổi thời hạn chấm điểm").values_list("person__login", flat=True)
    )
    assert told == {"nguoi-giu-han", *(judge.login for judge in stage.judges)}


def test_windows_and_days_are_exported(client, draft, officer):
    client.post(page(draft.code, "thoi-han/"), {"start": "20/04/2026", "officer": str(officer.pk)})

    windows = client.get(page(draft.code, "thoi-han.xlsx"))
    days = client.get("/ky-binh-chon/lich.xlsx?nam=2026")

    def rows_of(book):
        return CalamineWorkbook.from_filelike(BytesIO(book.content)).get_sheet_by_index(0).to_python()

    assert rows_of(windows)[1][:2] == ["Thông báo", "08 giờ 00, ngày 20/04/2026"]
    assert rows_of(days)[1][:2] == ["01/01/2026", "Tết Dương lịch"]


@pytest.mark.parametrize(("kind", "is_told"), [("supplement", True), ("scoring", False)])
def test_who_moves_the_supplement_window_reads_what_comes_of_open_requests(kind, is_told):
    stage = opened()

    words = shown(at("daklak", stage.officer).get(page(stage.round.code, f"thoi-han/{kind}/")))

    assert ("được lùi theo" in words) is is_told
