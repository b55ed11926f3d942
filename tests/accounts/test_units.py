"""Organisational units: listed with their people, added, renamed, and kept from losing a commune that is used."""

import pytest
from browsers import at
from makers import EA_KAO, TAN_LAP
from stage import person

from apps.accounts.models import OrganisationalUnit, Person, Role
from tieubieu.audit.models import Event

pytestmark = pytest.mark.usefixtures("in_daklak")
LIST = "/tai-khoan/don-vi/"


@pytest.fixture
def browser():
    return at("daklak", person("quan-tri", Role.ADMINISTRATOR))


def test_nothing_yet_is_told(browser):
    assert "Chưa có đơn vị nào" in browser.get(LIST).content.decode()


def test_a_unit_is_added_with_a_commune_and_counted(browser):
    browser.post(f"{LIST}moi/", {"name": "UBND xã Ea Kao", "commune_code": EA_KAO})

    unit = OrganisationalUnit.objects.get()
    Person.objects.create_person("a", None, full_name="A", unit=unit)
    page = browser.get(LIST).content.decode()
    assert (unit.name, unit.commune_code) == ("UBND xã Ea Kao", EA_KAO)
    assert f'?don_vi={unit.pk}">1</a>' in page
    assert "Ea Kao</td>" in page
    assert browser.get(f"{LIST}don-vi.xlsx").status_code == 200
    assert Event.objects.get(subject_id=str(unit.pk)).tag == "accounts.unit.added"


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "sở công thương"},
        {"name": ""},
        {"name": "Tên\u200bẩn"},
        {"name": "Mới", "commune_code": "22363"},  # a commune of another province
        {"name": "Mới", "commune_code": "la"},
    ],
)
def test_a_wrong_unit_is_refused(browser, wrong):
    OrganisationalUnit.objects.create(name="Sở Công Thương")

    assert browser.post(f"{LIST}moi/", wrong).status_code == 422
    assert OrganisationalUnit.objects.count() == 1


def test_a_unit_is_renamed_and_what_it_was_is_recorded(browser):
    unit = OrganisationalUnit.objects.create(name="Sở Công thương")

    browser.post(f"{LIST}{unit.pk}/", {"name": "Sở Công Thương", "commune_code": ""})

    unit.refresh_from_db()
    assert unit.name == "Sở Công Thương"
    assert Event.objects.get(tag="accounts.unit.changed").facts["name_before"] == "Sở Công thương"


@pytest.mark.parametrize("has_officer", [True, False])
def test_a_unit_of_commune_officers_keeps_a_commune(browser, has_officer):
    unit = OrganisationalUnit.objects.create(name="UBND xã", commune_code=EA_KAO)
    officer = person("can-bo", *([Role.COMMUNE_OFFICER] if has_officer else []))
    Person.objects.filter(pk=officer.pk).update(unit=unit)

    answer = browser.post(f"{LIST}{unit.pk}/", {"name": "UBND xã", "commune_code": ""})

    unit.refresh_from_db()
    assert answer.status_code == (422 if has_officer else 302)
    assert unit.commune_code == (EA_KAO if has_officer else "")
    assert browser.post(f"{LIST}{unit.pk}/", {"name": "UBND xã", "commune_code": TAN_LAP}).status_code == 302


@pytest.mark.parametrize("count", [1, 50])
def test_the_units_ask_the_same_questions_for_one_as_for_fifty(browser, count, django_assert_num_queries):
    for number in range(count):
        OrganisationalUnit.objects.create(name=f"Đơn vị {number}", commune_code=EA_KAO)

    with django_assert_num_queries(BUDGET):
        browser.get(LIST)


BUDGET = 8
