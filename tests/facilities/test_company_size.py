"""Large companies are told from small and medium ones by their figures of the last whole year (Điều 5 NĐ 80/2021)."""

from datetime import date
from decimal import Decimal

import pytest
from browsers import at
from makers import made
from stage import TAX_CODES, person

from apps.accounts.models import Role
from apps.facilities.eligibility import Facts, Size, decide
from apps.facilities.models import Facility, FacilityYear
from apps.facilities.queries import eligibility_of, ground, with_what_decides
from tenants.reference.queries import rule_set_on

TODAY = date(2026, 11, 24)
SIZES = [
    {"code": "micro", "name": "siêu nhỏ", "workers": 10, "revenue": "3000", "capital": "3000"},
    {"code": "small", "name": "nhỏ", "workers": 100, "revenue": "50000", "capital": "20000"},
    {"code": "medium", "name": "vừa", "workers": 200, "revenue": "200000", "capital": "100000"},
]
ARTICLE = "Điều 5 Nghị định số 80/2021/NĐ-CP"
LAW = {
    "article": "khoản 1 Điều 1 Nghị định số 235/2025/NĐ-CP",
    "facility_kinds": ["company", "cooperative"],
    "areas": {"province": ["commune", "ward", "special_zone"], "central_city": ["commune"]},
    "craft_villages": True,
    "company_size": {"article": ARTICLE, "of_kinds": ["company"], "sizes": SIZES},
}


def found(workers, revenue, **changes):
    size = Size(2025, workers, None if revenue is None else Decimal(revenue))
    plain = {
        "kind": "company", "kind_label": "Doanh nghiệp", "province_kind": "province", "province_name": "tỉnh Đắk Lắk",
        "unit_kind": "commune", "unit_name": "xã Ea Kao", "size": size,
    }  # fmt: skip
    return decide(Facts(**{**plain, **changes}), LAW, on=TODAY)


@pytest.mark.parametrize(
    ("workers", "revenue", "word", "words"),
    [
        (10, "3000", "eligible", "Doanh nghiệp siêu nhỏ theo số liệu năm 2025"),
        (11, "3000", "eligible", "Doanh nghiệp nhỏ theo"),
        (10, "3000.01", "eligible", "Doanh nghiệp nhỏ theo"),
        (100, "50000", "eligible", "Doanh nghiệp nhỏ theo"),
        (101, "50000", "eligible", "Doanh nghiệp vừa theo"),
        (200, "200000", "eligible", "Doanh nghiệp vừa theo"),
        (201, "1", "not_eligible", "Doanh nghiệp lớn: 201 lao động năm 2025, quá 200"),
        (201, None, "not_eligible", "Doanh nghiệp lớn"),
        (
            200,
            "200000.01",
            "to_be_checked",
            "vẫn là doanh nghiệp vừa nếu tổng nguồn vốn không quá 100.000",
        ),
        (None, "1", "to_be_checked", "chưa ghi số lao động năm 2025"),
        (5, None, "to_be_checked", "chưa ghi doanh thu năm 2025"),
        (None, None, "to_be_checked", "chưa ghi số lao động, doanh thu năm 2025"),
    ],
)
def test_workers_and_revenue_decide_and_what_is_not_known_is_named(workers, revenue, word, words):
    one = found(workers, revenue)

    assert one.word == word
    assert words in one.reason
    assert ARTICLE in one.reason
    assert one.reason.endswith("Mức quy mô là mẫu, cần đối chiếu với bản gốc Nghị định.")
    assert one.article == LAW["article"]
    assert one.on == TODAY


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "cooperative", "kind_label": "Hợp tác xã"},
        {"kind": "foundation", "kind_label": "Quỹ"},
        {"province_kind": "central_city", "unit_kind": "ward"},
    ],
)
def test_only_companies_in_the_right_place_are_measured(changes):
    assert ARTICLE not in found(500, "1", **changes).reason
    assert "mẫu" not in found(500, "1", **changes).reason


def test_a_law_without_measures_measures_nobody():
    facts = Facts("company", "Doanh nghiệp", "province", "tỉnh Đắk Lắk", "commune", "xã Ea Kao", size=Size(2025, 500))
    lawless = {name: value for name, value in LAW.items() if name != "company_size"}

    assert decide(facts, lawless, on=TODAY).word == "eligible"


@pytest.mark.usefixtures("in_daklak")
def test_the_law_of_today_holds_the_limits_and_says_how_sure_they_are():
    body = rule_set_on(TODAY).body

    assert body["eligibility"]["company_size"]["sizes"] == SIZES
    assert body["eligibility"]["company_size"]["article"] == ARTICLE
    assert body["sources"]["company_size"]["confidence"] == "nhớ lại, cần đối chiếu"
    assert "company_size" not in rule_set_on(date(2024, 5, 1)).body["eligibility"]


def company(name, code, workers, revenue, year=2025):
    one = made(name, code, kind="company")
    FacilityYear.objects.create(facility=one, year=year, workers=workers, revenue=revenue)
    return one


@pytest.mark.usefixtures("in_daklak")
def test_list_and_facility_agree_and_only_the_last_whole_year_counts():
    company("Lớn", TAX_CODES[0], 300, 5)
    company("Vừa", TAX_CODES[1], 150, 90_000)
    company("Chưa rõ", TAX_CODES[2], None, 90_000)
    company("Lớn năm trước nữa", TAX_CODES[3], 300, 5, year=2024)
    company("Lớn năm nay", TAX_CODES[4], 300, 5, year=2026)
    made("Hợp tác xã đông người", TAX_CODES[5])
    here = ground("66", TODAY)

    listed = set(Facility.objects.filter(here.eligible()).values_list("name", flat=True))
    asked = {one.name: here.eligibility_of(one) for one in with_what_decides(Facility.objects.all())}

    assert listed == {name for name, one in asked.items() if one.is_eligible}
    assert [name for name, one in asked.items() if not one.is_eligible] == ["Lớn"]
    assert {name for name, one in asked.items() if one.is_to_be_checked} == {
        "Chưa rõ", "Lớn năm trước nữa", "Lớn năm nay",
    }  # fmt: skip


@pytest.mark.usefixtures("in_daklak")
def test_the_same_company_is_large_on_one_day_and_not_on_another():
    one = company("Lớn dần", TAX_CODES[0], 300, 5)
    FacilityYear.objects.create(facility=one, year=2026, workers=150, revenue=5)

    assert not eligibility_of(one, TODAY).is_eligible
    assert eligibility_of(one, date(2027, 1, 15)).is_eligible


@pytest.mark.usefixtures("in_daklak")
@pytest.mark.parametrize("count", [1, 50])
@pytest.mark.parametrize(("path", "questions"), [("/co-so/", 11), ("/co-so/co-so.xlsx", 10)])
def test_lists_of_companies_ask_the_same_questions_for_one_as_for_fifty(
    count, path, questions, django_assert_num_queries
):
    for number in range(count):
        company(f"Cơ sở {number}", f"{number:010}", 5, 5)
    client = at("daklak", person("chuyen-vien", Role.OFFICER))

    with django_assert_num_queries(questions):
        client.get(path)


@pytest.mark.usefixtures("in_daklak")
def test_the_page_says_what_is_missing():
    one = made("Công ty chưa ghi số liệu", kind="company")

    page = at("daklak", person("chuyen-vien", Role.OFFICER)).get(f"/co-so/{one.pk}/").content.decode()

    assert "Cần đối chiếu" in page
    assert "chưa ghi số lao động, doanh thu năm" in page
