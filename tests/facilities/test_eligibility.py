"""Who is a cơ sở CNNT, on which day, and why: one rule with two faces."""

from datetime import date

import pytest
from stage import facility, person

from apps.accounts.models import Role
from apps.facilities.eligibility import Facts, decide
from apps.facilities.models import CraftVillage, Facility, FacilityKind
from apps.facilities.queries import eligibility_of, ground
from tenants.reference.queries import rule_set_on

TODAY = date(2026, 11, 24)
LAW = {
    "article": "khoản 1 Điều 1 Nghị định số 235/2025/NĐ-CP",
    "facility_kinds": ["company", "cooperative", "cooperative_union", "cooperative_group", "household"],
    "areas": {"province": ["commune", "ward", "special_zone"], "central_city": ["commune", "special_zone"]},
    "craft_villages": True,
}


def facts(**changes):
    plain = {
        "kind": "company",
        "kind_label": "Doanh nghiệp",
        "province_kind": "central_city",
        "province_name": "thành phố Đà Nẵng",
        "unit_kind": "commune",
        "unit_name": "xã Hòa Vang",
    }
    return Facts(**{**plain, **changes})


@pytest.mark.parametrize(
    ("changes", "is_eligible", "words"),
    [
        ({}, True, "Sản xuất tại xã Hòa Vang, thành phố Đà Nẵng (khoản 1 Điều 1 Nghị định số 235/2025/NĐ-CP)."),
        ({"unit_kind": "special_zone"}, True, "Sản xuất tại"),
        ({"unit_kind": "ward", "unit_name": "phường Hải Châu"}, False, "Phường Hải Châu không thuộc địa bàn"),
        ({"unit_kind": "ward", "village": "Làng đá Non Nước"}, True, "Làng đá Non Nước, làng nghề được công nhận"),
        ({"unit_kind": "", "unit_name": ""}, False, "Chưa ghi xã, phường, đặc khu"),
        ({"unit_kind": "ward", "province_kind": "province"}, True, "Sản xuất tại"),
        ({"unit_kind": "", "province_kind": "province"}, True, "mọi xã, phường, đặc khu"),
        ({"province_kind": "", "unit_kind": "ward"}, False, "Chưa rõ cơ sở thuộc tỉnh"),
        ({"kind": "state_company", "kind_label": "Tập đoàn"}, False, "Tập đoàn không thuộc loại hình"),
    ],
)
def test_kind_place_and_craft_village_decide(changes, is_eligible, words):
    found = decide(facts(**changes), LAW, on=TODAY)

    assert found.is_eligible is is_eligible
    assert words in found.reason
    assert found.article in found.reason
    assert found.on == TODAY


def test_a_craft_village_counts_only_where_the_law_says_so():
    lawless = {**LAW, "craft_villages": False}

    assert not decide(facts(unit_kind="ward", village="Làng đá Non Nước"), lawless, on=TODAY).is_eligible


def test_the_law_before_names_areas_that_nobody_can_look_up():
    """NĐ 45/2012/NĐ-CP goes by classes of cities that are gone: the kind is checked, the place is for a person."""
    old = {"article": "điểm a khoản 2 Điều 1 Nghị định số 45/2012/NĐ-CP", "facility_kinds": ["company"]}

    found = decide(facts(unit_kind="ward"), old, on=date(2024, 5, 1))

    assert found.is_eligible
    assert found.is_to_be_checked
    assert not decide(facts(kind="cooperative_union"), old, on=date(2024, 5, 1)).is_eligible


@pytest.fixture
def made(in_daklak):
    return facility(0, actor=person("chuyen-vien", Role.OFFICER))


def put(maker, **fields):
    for name, value in fields.items():
        setattr(maker, name, value)
    maker.save()
    return maker


def test_a_ward_of_a_province_that_becomes_a_city_leaves_the_area_on_that_day(made):
    """Quảng Ninh is a centrally-run city from 01/09/2026: Phường Hồng Gai is inside before and outside after."""
    put(made, province_code="22", commune_code="06658")

    before, after = eligibility_of(made, date(2026, 8, 31)), eligibility_of(made, date(2026, 9, 1))

    assert before.is_eligible
    assert not after.is_eligible
    assert "tỉnh Quảng Ninh" in before.reason


def test_a_craft_village_keeps_a_ward_in_while_it_is_recognised(made):
    village = CraftVillage.objects.create(
        name="Làng nghề Thử", commune_code="06658", recognised_on=date(2026, 1, 5), decision="12/QĐ-UBND",
        ended_on=date(2026, 11, 1),
    )  # fmt: skip
    put(made, province_code="22", commune_code="06658", craft_village=village)

    assert eligibility_of(made, date(2026, 9, 1)).is_eligible
    assert eligibility_of(made, date(2026, 10, 31)).is_eligible
    assert not eligibility_of(made, date(2026, 11, 1)).is_eligible


def test_a_rounds_own_frozen_law_is_used_when_given(made):
    law = {**rule_set_on(TODAY).body["eligibility"], "facility_kinds": ["household"], "article": "Điều thử"}

    found = eligibility_of(made, TODAY, law=law)

    assert not found.is_eligible
    assert "Điều thử" in found.reason


@pytest.mark.parametrize("province", ["66", "22", "48", "99"])
@pytest.mark.parametrize("day", [date(2024, 5, 1), date(2026, 8, 31), date(2026, 11, 24)])
def test_the_list_face_and_the_object_face_agree(in_daklak, province, day):
    """Every kind, in a ward, a commune, nowhere, and in a craft village recognised, ended or to come."""
    villages = [
        CraftVillage.objects.create(
            name=f"Làng {n}", commune_code="06658", decision="1", recognised_on=start, ended_on=end
        )
        for n, (start, end) in enumerate(
            [(date(2020, 1, 1), None), (date(2020, 1, 1), date(2024, 1, 1)), (date(2026, 11, 24), None)]
        )
    ]
    places = [*list(ground(province, day).units)[:40], "", "00000"]
    makers = [
        Facility(
            name=f"Cơ sở {n}", tax_code=str(n), kind=FacilityKind.values[n % 5], province_code=province, address="-",
            commune_code=place, craft_village=[None, *villages][n % 4], name_key="", name_folded="",
        )
        for n, place in enumerate(place for place in places for _ in range(4))
    ]  # fmt: skip
    Facility.objects.bulk_create(makers)
    law = ground(province, day)

    listed = set(Facility.objects.filter(law.eligible()).values_list("tax_code", flat=True))

    one_by_one = {
        m.tax_code for m in Facility.objects.select_related("craft_village") if law.eligibility_of(m).is_eligible
    }
    assert listed == one_by_one
