"""A row does not leave the schema it was read or first written in."""

import copy
import pickle

import pytest

from apps.facilities.models import Facility
from tenants.gateways import as_owner, inside, tenant_of
from tieubieu.rows import Row, RowElsewhere

NAME = "Cơ sở của Đắk Lắk"


@pytest.fixture
def facility(in_daklak):
    made = Facility.objects.create(name=NAME, tax_code="0100109106", kind="household", province_code="66")
    return Facility.objects.get(pk=made.pk)


def copies_next_door() -> int:
    with inside("khanhhoa"):
        return Facility.objects.filter(name=NAME).count()


@pytest.mark.parametrize("carry", [lambda row: row, copy.deepcopy, lambda row: pickle.loads(pickle.dumps(row))])
def test_a_row_is_not_saved_in_another_tenant(facility, carry):
    carried = carry(facility)

    with inside("khanhhoa"), pytest.raises(RowElsewhere, match="'daklak'"):
        carried.save()

    assert copies_next_door() == 0


def test_a_row_just_made_is_at_home_where_it_was_made(in_daklak):
    made = Facility.objects.create(name=NAME, tax_code="0100109106", kind="household", province_code="66")

    with inside("khanhhoa"), pytest.raises(RowElsewhere):
        made.save()
    made.save()


def test_a_row_is_not_removed_in_another_tenant(facility):
    with inside("khanhhoa"), pytest.raises(RowElsewhere):
        facility.delete()

    assert Facility.objects.filter(pk=facility.pk).exists()


def test_a_row_that_was_never_stored_may_be_stored_anywhere(in_daklak):
    unborn = Facility(name=NAME, tax_code="0100109106", kind="household", province_code="66")

    with inside("khanhhoa"):
        unborn.save()

    assert copies_next_door() == 1


def test_a_row_of_the_register_is_saved_by_its_owner(in_daklak):
    tenant = tenant_of("daklak")

    with as_owner():
        tenant.save(update_fields=["name"])


def test_without_this_guard_a_copy_would_stand_next_door(facility, monkeypatch):
    monkeypatch.setattr(Row, "_stay_home", lambda self: None)

    with inside("khanhhoa"):
        facility.save()

    assert copies_next_door() == 1
