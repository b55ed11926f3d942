"""A facility is put on the register, and two officers who edit it lose nothing."""

import pytest
from stage import TAX_CODES, facility, person

from apps.accounts.models import Role
from apps.facilities.models import Facility, Standing
from apps.facilities.services import register_facility, revise_facility
from apps.facilities.services.registering import typed_of
from tieubieu.audit.queries import events_of
from tieubieu.errors import DomainError, WrongState
from tieubieu.lib.edits import changed, differences, joined, undone
from tieubieu.meanwhile import ChangedMeanwhile

pytestmark = pytest.mark.usefixtures("in_daklak")


@pytest.fixture
def tam():
    return person("tam", Role.OFFICER, name="Nguyễn Thị Tâm")


@pytest.fixture
def nam():
    return person("nam", Role.OFFICER, name="Trần Văn Nam")


@pytest.fixture
def made(tam):
    return facility(0, actor=tam)


def values(made, **changes):
    return {**typed_of(made), **changes}


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("0100233488", "0100233488"),
        ("0100 233 488", "0100233488"),
        ("0100112437001", "0100112437-001"),
        ("0100112437-001", "0100112437-001"),
        ("066185001234", "066185001234"),
        ("0100233489", "0100233489"),
    ],
    ids=["10", "spaced", "13", "13 with a hyphen", "12", "wrong check digit"],
)
def test_each_legal_form_of_a_tax_code_is_stored_in_one_form(tam, typed, stored):
    made = register_facility(
        actor=tam, tax_code=typed, name="HTX Thử", kind="cooperative", province_code="66", address="Buôn Thử"
    )

    assert made.tax_code == stored


@pytest.mark.parametrize("typed", ["", "123", "01002334X8", "0100233488-0001", "0100112437-000"])
def test_what_is_no_tax_code_is_refused(tam, typed):
    with pytest.raises(DomainError, match=r"Mã số thuế|Ba số cuối|Dấu gạch nối|Chưa nhập"):
        register_facility(actor=tam, tax_code=typed, name="HTX", kind="cooperative", province_code="66", address="-")


def test_a_tax_code_is_one_facilitys_whatever_its_spelling(tam, made):
    with pytest.raises(DomainError, match="đã có trong danh sách"):
        register_facility(
            actor=tam, tax_code="0100 233 488", name="Khác", kind="company", province_code="66", address="-"
        )

    assert Facility.objects.count() == 1


def test_a_change_is_told_field_by_field(tam, made):
    revise_facility(made.pk, values(made, phone="0905000111", address="Buôn Mới"), version=1, actor=tam)

    event = events_of(made).last()
    assert event.tag == "facilities.facility.revised"
    assert event.facts == {
        "version": 2,
        "changes": {"address": ["Buôn Thử, tỉnh Đắk Lắk", "Buôn Mới"], "phone": ["", "0905000111"]},
    }


def test_saving_what_is_there_changes_and_tells_nothing(tam, made):
    revise_facility(made.pk, values(made), version=1, actor=tam)

    assert Facility.objects.get().version == 1
    assert events_of(made).count() == 1


def test_the_second_of_two_editors_sees_what_changed_and_loses_nothing(tam, nam, made):
    mine = values(made, phone="0905000222", representative="H'Hen Niê")
    revise_facility(made.pk, values(made, phone="0905000111", address="Buôn Mới"), version=1, actor=tam)

    with pytest.raises(ChangedMeanwhile) as told:
        revise_facility(made.pk, mine, version=1, actor=nam)

    seen = {d.field: (d.before, d.theirs, d.mine, d.is_clash) for d in told.value.differences}
    assert seen == {
        "address": ("Buôn Thử, tỉnh Đắk Lắk", "Buôn Mới", "Buôn Thử, tỉnh Đắk Lắk", False),
        "phone": ("", "0905000111", "0905000222", True),
    }
    assert Facility.objects.get().phone == "0905000111"
    again = told.value.joined
    assert (again["address"], again["phone"], again["representative"]) == ("Buôn Mới", "0905000222", "H'Hen Niê")
    revise_facility(made.pk, again, version=told.value.version, actor=nam)
    kept = Facility.objects.get()
    assert (kept.address, kept.phone, kept.representative) == ("Buôn Mới", "0905000222", "H'Hen Niê")


def test_the_base_is_found_again_over_several_changes(tam, nam, made):
    revise_facility(made.pk, values(made, phone="1"), version=1, actor=tam)
    revise_facility(made.pk, values(made, phone="2", email="a@example.vn"), version=2, actor=tam)

    with pytest.raises(ChangedMeanwhile) as told:
        revise_facility(made.pk, values(made), version=1, actor=nam)

    assert [(d.field, d.before, d.theirs) for d in told.value.differences] == [
        ("phone", "", "2"),
        ("email", "", "a@example.vn"),
    ]


def test_a_code_that_is_anothers_is_refused_when_revising(tam, made):
    facility(1, actor=tam)

    with pytest.raises(DomainError, match="đã có trong danh sách"):
        revise_facility(made.pk, values(made, tax_code=TAX_CODES[1]), version=1, actor=tam)


def test_a_merged_facility_is_not_revised(tam, made):
    survivor = facility(1, actor=tam)
    made.standing, made.merged_into = Standing.MERGED, survivor
    made.save()

    with pytest.raises(WrongState, match="đã gộp"):
        revise_facility(made.pk, values(made, phone="1"), version=1, actor=tam)

    assert made.survivor() == survivor
    assert set(survivor.family()) == {made, survivor}


def test_undoing_and_joining_are_plain_arithmetic():
    now = {"a": 3, "b": "y"}

    base = undone(now, [{"a": [1, 2]}, {"a": [2, 3], "b": ["x", "y"], "gone": [0, 1]}])

    assert base == {"a": 1, "b": "x"}
    assert changed(base, now) == {"a": [1, 3], "b": ["x", "y"]}
    assert joined(base, now, {"a": 1, "b": "z"}) == {"a": 3, "b": "z"}
    assert [(d.field, d.is_clash) for d in differences(base, now, {"a": 1, "b": "z"})] == [("a", False), ("b", True)]
