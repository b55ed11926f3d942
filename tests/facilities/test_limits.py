"""The limits of a company's size are the province's own to compare, each for the days that they hold."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from browsers import at
from django.utils import timezone
from makers import OF_FACILITIES, made, wearing
from python_calamine import CalamineWorkbook
from stage import opened, person

from apps.accounts.access import Hat
from apps.accounts.models import Role
from apps.facilities.models import Facility, FacilityYear, SizeLimits
from apps.facilities.pages import limits
from apps.facilities.queries import eligibility_of, ground, law_here, with_what_decides
from apps.facilities.services.limits import Period, withdraw_limits, write_limits
from apps.rounds.rules import rules_here
from tenants.gateways import inside
from tieubieu.audit.models import Event

pytestmark = pytest.mark.usefixtures("in_daklak")

PATH = "/co-so/muc-quy-mo/"
BASIS = "Điều 5 Nghị định số 80/2021/NĐ-CP (bản đã đối chiếu)"
TYPED = {
    "effective_from": "01/01/2026", "effective_to": "", "basis": BASIS, "is_compared": "on",
    "micro_workers": "10", "micro_revenue": "3000", "micro_capital": "3000",
    "small_workers": "100", "small_revenue": "50000", "small_capital": "20001",
    "medium_workers": "400", "medium_revenue": "200000", "medium_capital": "100000",
}  # fmt: skip
TODAY = date(2026, 11, 24)


@pytest.fixture
def officer():
    return person("chuyen-vien", Role.OFFICER)


def sizes(most: int):
    return [
        {"code": "small", "name": "nhỏ", "workers": 100, "revenue": "50000", "capital": "20000"},
        {"code": "medium", "name": "vừa", "workers": most, "revenue": "200000", "capital": "100000"},
    ]


def written(officer, most=400, start=date(2026, 1, 1), end=None, *, is_compared=True):
    return write_limits(Period(start, end), sizes(most), basis=BASIS, is_compared=is_compared, actor=officer)


def company(workers=300):
    one = made("Công ty Thử", kind="company")
    FacilityYear.objects.bulk_create(
        FacilityYear(facility=one, year=year, workers=workers, revenue=5) for year in (2024, 2025)
    )
    return one


def most_on(day):
    return law_here(day)["company_size"]["sizes"][-1]["workers"]


@pytest.mark.parametrize("hat", OF_FACILITIES)
def test_who_sees_and_who_keeps_the_limits(hat):
    client = at("daklak", wearing(hat, made()))
    sees, keeps = hat not in (Hat.OWNER, Hat.STAFF), hat in (Hat.ADMINISTRATOR, Hat.OFFICER)

    shown, told = client.get(PATH), client.post(f"{PATH}moi/", TYPED)

    assert shown.status_code == (200 if sees else 404)
    assert client.get(f"{PATH}muc-quy-mo.xlsx").status_code == shown.status_code
    assert ("Ghi mức khác" in shown.content.decode()) == keeps
    assert told.status_code == (302 if keeps else 403 if sees else 404)
    assert SizeLimits.objects.exists() == keeps


def test_without_the_question_at_the_door_a_leader_would_write_and_withdraw(monkeypatch):
    """A control."""
    monkeypatch.setattr(limits, "must_do", lambda *_: None)
    client = at("daklak", person("lanh-dao", Role.LEADER))

    told = client.post(f"{PATH}moi/", TYPED)
    undone = client.post(f"{PATH}{SizeLimits.objects.get().pk}/thoi-dung/")

    assert (told.status_code, undone.status_code) == (302, 302)


@pytest.mark.parametrize("role", [Role.LEADER, Role.AUDITOR, Role.COMMUNE_OFFICER])
def test_whoever_only_sees_withdraws_nothing(officer, role):
    one = written(officer)

    answer = at("daklak", person("xem", role)).post(f"{PATH}{one.pk}/thoi-dung/")

    assert answer.status_code in (403, 404)
    assert SizeLimits.objects.get().withdrawn_at is None


def test_a_company_is_measured_by_the_limits_of_the_day_that_is_asked_about(officer):
    one = company(300)
    written(officer, 400, date(2026, 1, 1))

    before, after = eligibility_of(one, date(2025, 12, 31)), eligibility_of(one, TODAY)

    assert not before.is_eligible
    assert before.reason.endswith("Mức quy mô là mẫu, cần đối chiếu với bản gốc Nghị định.")
    assert after.is_eligible
    assert BASIS in after.reason
    assert "mẫu" not in after.reason
    for day in (date(2025, 12, 31), TODAY):
        here = ground("66", day)
        listed = set(Facility.objects.filter(here.eligible()))
        assert listed == {f for f in with_what_decides(Facility.objects.all()) if here.eligibility_of(f).is_eligible}


def test_limits_that_nobody_compared_still_count_and_still_say_that_they_are_a_sample(officer):
    written(officer, 400, is_compared=False)

    reason = eligibility_of(company(300), TODAY).reason

    assert BASIS in reason
    assert "là mẫu, cần đối chiếu" in reason


def test_the_last_written_of_a_beginning_counts_an_ended_one_gives_way_and_a_withdrawn_one_is_gone(officer):
    written(officer, 300)
    again = written(officer, 350)
    written(officer, 500, TODAY, TODAY)

    assert [most_on(TODAY - timedelta(days=1)), most_on(TODAY), most_on(TODAY + timedelta(days=1))] == [350, 500, 350]
    withdraw_limits(again.pk, actor=officer)
    withdraw_limits(again.pk, actor=officer)
    assert most_on(TODAY + timedelta(days=1)) == 300
    assert Event.objects.filter(tag="facilities.limits.withdrawn").count() == 1


def test_a_round_keeps_the_compared_limits_that_it_froze_and_a_sample_gives_way(officer):
    one = company(300)
    sample = rules_here(TODAY, "province", {})["eligibility"]
    written(officer, 400)
    compared = rules_here(TODAY, "province", {})["eligibility"]
    written(officer, 250)

    assert eligibility_of(one, TODAY, law=compared).is_eligible
    assert not eligibility_of(one, TODAY, law=sample).is_eligible
    assert not eligibility_of(one, TODAY).is_eligible


def test_a_plan_that_is_approved_freezes_the_limits_of_the_province():
    written(person("quan-tri", Role.ADMINISTRATOR), 400, date(2020, 1, 1))

    stage = opened()

    assert stage.refreshed().rules["eligibility"]["company_size"]["article"] == BASIS


def test_the_neighbours_limits_stay_with_the_neighbour(officer, khanhhoa):
    with inside(khanhhoa):
        written(person("chuyen-vien", Role.OFFICER), 999)

    assert most_on(TODAY) == 200
    assert "999" not in at("daklak", officer).get(PATH).content.decode()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"effective_to": "31/12/2025"}, "Ngày cuối áp dụng phải từ ngày đầu"),
        ({"effective_from": "31/02/2026"}, "Áp dụng từ ngày"),
        ({"medium_workers": "100"}, "Mức số lao động của doanh nghiệp vừa phải lớn hơn"),
        ({"small_revenue": "3000"}, "Mức doanh thu của doanh nghiệp nhỏ phải lớn hơn"),
        ({"micro_capital": "ba tỷ"}, "Siêu nhỏ: nguồn vốn"),
        ({"micro_workers": "0"}, "Siêu nhỏ: lao động"),
        ({"basis": ""}, "Căn cứ"),
    ],
)
def test_limits_that_cannot_be_are_told_and_what_was_typed_is_kept(officer, change, told):
    answer = at("daklak", officer).post(f"{PATH}moi/", TYPED | change)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert 'value="20001"' in page
    assert not SizeLimits.objects.exists()


def test_what_is_written_on_the_page_is_what_counts_what_is_shown_and_what_is_exported(officer):
    client = at("daklak", officer)
    sample = client.get(PATH).content.decode()

    client.post(f"{PATH}moi/", TYPED)

    one, page = SizeLimits.objects.get(), client.get(PATH).content.decode()
    book = CalamineWorkbook.from_filelike(BytesIO(client.get(f"{PATH}muc-quy-mo.xlsx").content))
    rows = book.get_sheet_by_index(0).to_python()
    assert "Mẫu, cần đối chiếu" in sample
    assert "Mẫu, cần đối chiếu" not in page
    assert (most_on(timezone.localdate()), one.written_by, one.is_compared) == (400, officer, True)
    assert [row[3:8] for row in rows[-1:]] == [["vừa", 400, 200000, 100000, "Đã đối chiếu"]]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_questions_for_one_as_for_three(officer, count, django_assert_num_queries):
    for number in range(count):
        written(officer, 300 + number)
    client = at("daklak", officer)

    with django_assert_num_queries(7):
        client.get(PATH)
