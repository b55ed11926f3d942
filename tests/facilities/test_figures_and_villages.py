"""The yearly figures of a facility, and the list of recognised craft villages."""

from datetime import date

import pytest
from browsers import at
from makers import AGENTS, EA_KAO, KEEPERS, OF_FACILITIES, TAN_LAP, made, wearing
from stage import person

from apps.accounts.access import Hat
from apps.accounts.models import Role
from apps.facilities.models import CraftVillage, FacilityYear

pytestmark = pytest.mark.usefixtures("in_daklak")


@pytest.fixture
def officer():
    return person("chuyen-vien", Role.OFFICER, name="Nguyễn Thị Tâm")


@pytest.fixture
def maker():
    return made()


def page(maker, rest=""):
    return f"/co-so/{maker.pk}/{rest}"


# --- Figures -----------------------------------------------------------------------------------------

FIGURES = {"revenue": "12500,5", "workers": "45", "taxes": "", "exports": "0", "version": "0"}


@pytest.mark.parametrize("hat", OF_FACILITIES)
def test_who_may_enter_figures(maker, hat):
    answer = at("daklak", wearing(hat, maker)).post(page(maker, "so-lieu/2025/"), FIGURES)

    may = hat in KEEPERS | AGENTS
    assert answer.status_code == (302 if may else 403)
    assert FacilityYear.objects.exists() == may


def test_figures_are_exact_and_empty_is_not_zero(officer, maker):
    at("daklak", officer).post(page(maker, "so-lieu/2025/"), FIGURES)

    row = FacilityYear.objects.get()
    assert [str(row.revenue), row.workers, row.taxes, str(row.exports)] == ["12500.50", 45, None, "0.00"]


def test_the_page_shows_growth_over_the_year_right_before(officer, maker):
    for year, revenue in [(2021, 100), (2023, 200), (2024, 250), (2025, 200)]:
        FacilityYear.objects.create(facility=maker, year=year, revenue=revenue)

    words = at("daklak", officer).get(page(maker)).content.decode()

    assert "tăng 25%" in words
    assert "giảm 20%" in words
    assert words.count("tăng") + words.count("giảm") == 2


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("revenue", "12.500", "hai cách"),
        ("revenue", "-1", "không phải là số"),
        ("revenue", "1e9", "không phải là số"),
        ("revenue", "1,234", "hai chữ số sau dấu phẩy|quá 2 chữ số"),
        ("revenue", "9" * 13, "quá lớn"),
        ("workers", "1,5", "Lao động"),
        ("workers", "-1", "Lao động"),
        ("exports", "99999", "lớn hơn doanh thu"),
    ],
)
def test_a_figure_that_cannot_be_is_told_and_kept_as_typed(officer, maker, field, value, told):
    answer = at("daklak", officer).post(page(maker, "so-lieu/2025/"), {**FIGURES, field: value})

    words = answer.content.decode()
    assert answer.status_code == 422
    assert any(part in words for part in told.split("|"))
    assert f'value="{value}"' in words
    assert not FacilityYear.objects.exists()


def test_no_figure_at_all_is_refused(officer, maker):
    empty = {"revenue": "", "workers": "", "taxes": "", "exports": "", "version": "0"}

    assert at("daklak", officer).post(page(maker, "so-lieu/2025/"), empty).status_code == 422


@pytest.mark.parametrize("year", [1999, 2016, 2027, 9999])
def test_only_a_year_of_the_last_ten_has_a_page(officer, maker, year):
    assert at("daklak", officer).get(page(maker, f"so-lieu/{year}/")).status_code == 404


def test_two_people_enter_one_year(officer, maker):
    second = at("daklak", person("thu-hai", Role.OFFICER))
    at("daklak", officer).post(page(maker, "so-lieu/2025/"), FIGURES)

    answer = second.post(page(maker, "so-lieu/2025/"), {**FIGURES, "revenue": "999", "taxes": "7,5"})

    words = answer.content.decode()
    assert answer.status_code == 409
    assert "Nguyễn Thị Tâm đã lưu" in words
    again = {name: answer.context["form"][name].value() for name in FIGURES}
    assert (again["revenue"], again["taxes"], again["workers"]) == ("999", "7,5", 45)
    assert second.post(page(maker, "so-lieu/2025/"), again).status_code == 302
    assert str(FacilityYear.objects.get().taxes) == "7.50"


def test_choosing_a_year_leads_to_its_page(officer, maker):
    answer = at("daklak", officer).get(page(maker, "so-lieu/"), {"nam": "2025"})

    assert answer.headers["location"] == page(maker, "so-lieu/2025/")
    assert at("daklak", officer).get(page(maker, "so-lieu/"), {"nam": "1900"}).status_code == 200


# --- Craft villages ----------------------------------------------------------------------------------

VILLAGE = {"name": "Làng gốm Thử", "commune_code": EA_KAO, "decision": "12/QĐ-UBND", "recognised_on": "05/01/2020",
           "ended_on": ""}  # fmt: skip


@pytest.mark.parametrize("hat", OF_FACILITIES)
def test_who_sees_and_who_keeps_the_list_of_craft_villages(maker, hat):
    client = at("daklak", wearing(hat, maker))

    assert client.get("/co-so/lang-nghe/").status_code == (404 if hat in AGENTS else 200)
    assert client.get("/co-so/lang-nghe/lang-nghe.xlsx").status_code == (404 if hat in AGENTS else 200)
    assert client.post("/co-so/lang-nghe/moi/", VILLAGE).status_code == (302 if hat == Hat.OFFICER else 404)
    assert CraftVillage.objects.exists() == (hat == Hat.OFFICER)


def test_a_village_is_corrected_and_ended(officer):
    client = at("daklak", officer)
    client.post("/co-so/lang-nghe/moi/", VILLAGE)
    village = CraftVillage.objects.get()

    answer = client.post(f"/co-so/lang-nghe/{village.pk}/", {**VILLAGE, "ended_on": "01/01/2026"})

    assert answer.status_code == 302
    assert CraftVillage.objects.get().ended_on == date(2026, 1, 1)
    assert "Không còn hoặc chưa tới ngày" in client.get("/co-so/lang-nghe/").content.decode()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"recognised_on": "05/01/2999"}, "không thể ở tương lai"),
        ({"recognised_on": "31/02/2020"}, "Ngày công nhận"),
        ({"ended_on": "05/01/2020"}, "phải sau ngày công nhận"),
        ({"name": ""}, "Tên làng nghề"),
        ({"commune_code": "1"}, "Xã, phường, đặc khu"),
    ],
)
def test_a_village_that_cannot_be_is_told(officer, change, told):
    answer = at("daklak", officer).post("/co-so/lang-nghe/moi/", {**VILLAGE, **change})

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not CraftVillage.objects.exists()


def test_one_name_stands_once_in_a_communes_list(officer):
    client = at("daklak", officer)
    client.post("/co-so/lang-nghe/moi/", VILLAGE)

    assert "đã có trong danh sách" in client.post("/co-so/lang-nghe/moi/", VILLAGE).content.decode()
    assert client.post("/co-so/lang-nghe/moi/", {**VILLAGE, "commune_code": TAN_LAP}).status_code == 302


@pytest.mark.parametrize("count", [1, 50])
def test_the_villages_ask_the_same_questions_for_one_as_for_fifty(officer, count, django_assert_num_queries):
    for number in range(count):
        CraftVillage.objects.create(
            name=f"Làng {number}", commune_code=EA_KAO, recognised_on=date(2020, 1, 1), decision="1"
        )
    client = at("daklak", officer)

    with django_assert_num_queries(8):
        client.get("/co-so/lang-nghe/")
