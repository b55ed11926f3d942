"""Who signs in to the demo: every role of a province, once, however often the demo runs."""

import pytest
from makers import made
from stage import person

from apps.accounts.access import Hat, wears
from apps.accounts.models import Person
from apps.demo.casting import cast
from apps.demo.guide import guide
from apps.demo.logins import ADMINISTRATOR, AUDITOR, COMMUNE_OFFICER, LEADER, OFFICER, OWNER
from apps.demo.people import local_people, officials

LOGINS = {ADMINISTRATOR, AUDITOR, COMMUNE_OFFICER, LEADER, OFFICER, OWNER}


def test_each_login_wears_its_hat_and_twice_is_once(in_daklak):
    play = cast("daklak")
    first = play.facilities[0]
    maker = made(first.name, first.tax_code, commune_code=first.commune_code, representative=first.representative)
    for _ in range(2):
        officials()
        local_people(play)

    who = {p.login: p for p in Person.objects.all()}
    assert set(who) == LOGINS
    assert all(p.is_demo for p in who.values())
    assert wears(who[ADMINISTRATOR], None, Hat.ADMINISTRATOR)
    assert wears(who[AUDITOR], None, Hat.AUDITOR)
    assert wears(who[COMMUNE_OFFICER], maker, Hat.COMMUNE_OFFICER)
    assert wears(who[OWNER], maker, Hat.OWNER)
    assert not wears(who[OWNER], made("Khác", "0100233488"), Hat.OWNER)


@pytest.mark.parametrize("login", sorted(LOGINS))
def test_the_guide_names_every_login(login):
    assert f"  {login} " in guide()


def test_a_stranger_wears_none_of_it(in_daklak):
    stranger = person("la")

    assert not any(wears(stranger, None, hat) for hat in Hat)
