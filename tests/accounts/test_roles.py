"""The table of actions: printed as it is, and the only place that grants anything."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from stage import facility, filed, person

from apps.accounts.access import Hat, table, wear, wears
from apps.accounts.models import OrganisationalUnit, Role
from apps.facilities.models import FacilityAgent

HOUSE = Path(__file__).resolve().parents[2]


def test_the_printed_table_is_the_one_in_force(capsys):
    call_command("roles")

    assert capsys.readouterr().out == (HOUSE / "docs" / "roles.md").read_text()


def test_rights_are_granted_in_the_table_and_nowhere_else():
    sources = [
        path for path in (HOUSE / "apps").rglob("*.py") if path.name != "access.py" or "accounts" not in path.parts
    ]

    assert [str(path) for path in sources if "add_perm(" in path.read_text()] == []
    assert "add_perm(" in (HOUSE / "apps/accounts/access.py").read_text()


def test_every_line_has_a_sentence_and_a_hat():
    assert [line.action for line in table() if not line.sentence or not line.hats] == []


def test_a_hat_is_known_by_one_test_only():
    with pytest.raises(ValueError, match="known already"):
        wear(Hat.OFFICER)(lambda person, subject=None: True)


@pytest.mark.parametrize("hat", Hat)
def test_somebody_new_wears_no_hat(in_daklak, hat):
    nobody = person("khong-vai-tro")
    entry = filed().entries[0]

    assert not wears(nobody, entry, hat)
    assert not wears(nobody, None, hat)


def test_the_one_who_files_for_a_facility_wears_its_hat_once_approved(in_daklak):
    owner = person("chu-co-so")
    entry = filed().entries[0]
    agency = FacilityAgent.objects.create(facility=entry.facility, person=owner)

    assert not wears(owner, entry, Hat.OWNER)

    agency.approved_at = timezone.now()
    agency.save()

    assert wears(owner, entry, Hat.OWNER)
    assert not wears(owner, entry, Hat.STAFF)


def test_a_commune_officer_acts_for_the_own_commune_only(in_daklak):
    officer = person("can-bo-xa", Role.COMMUNE_OFFICER)
    officer.unit = OrganisationalUnit.objects.create(name="UBND xã Ea Kao", commune_code="24121")
    mine, theirs = facility(0, actor=officer), facility(1, actor=officer)
    mine.commune_code, theirs.commune_code = "24121", "24133"

    assert officer.has_perm("facilities.facility.see", mine)
    assert not officer.has_perm("facilities.facility.see", theirs)
    assert officer.has_perm("facilities.register.see")


def test_a_commune_officer_of_no_commune_acts_for_none(in_daklak):
    officer = person("can-bo-xa", Role.COMMUNE_OFFICER)

    assert not officer.has_perm("facilities.register.see")
    assert not officer.has_perm("facilities.facility.see", facility(0, actor=officer))
