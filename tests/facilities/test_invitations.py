"""People are invited to act for a facility: by link, by code, once, for a while, here and nowhere else."""

import re
from datetime import timedelta

import pytest
from browsers import at
from django.core.cache import cache
from django.utils import timezone
from makers import OF_FACILITIES, made, neighbours, wearing
from stage import TAX_CODES, acting_for, person

from apps.accounts.access import Hat, wears
from apps.accounts.models import Person, Policy, Role
from apps.facilities.merging import merge_facilities
from apps.facilities.models import AgentInvitation, AgentKind
from tenants.gateways import inside
from tieubieu.notices.models import Mail

pytestmark = pytest.mark.usefixtures("in_daklak", "empty_cache")
ACCOUNT = {"full_name": "H'Hen Niê", "login": "0905000111", "password": "mot cau de nho"}
BY_CODE = "/tai-khoan/dang-ky/loi-moi/"


@pytest.fixture
def empty_cache(in_daklak):
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def maker():
    return made("Hợp tác xã Ea Tu")


@pytest.fixture
def officer():
    return person("chuyen-vien", Role.OFFICER)


def invited(maker, who, **typed):
    """The link and the code that the inviting page shows."""
    page = at("daklak", who).post(f"/co-so/{maker.pk}/moi-nguoi/", {"kind": "staff", **typed}).content.decode()
    link = re.search(r'href="http://[^/]+(/tai-khoan/dang-ky/loi-moi/[^"]+)"', page).group(1)
    return link, re.search(r"<code>([^<]+)</code>", page).group(1)


def test_somebody_without_an_account_makes_one_and_acts_at_once(maker, officer):
    link, _ = invited(maker, officer)
    client = at("daklak")

    assert "Hợp tác xã Ea Tu" in client.get(link).content.decode()
    answer = client.post(link, ACCOUNT)

    who = Person.objects.get(login="0905000111")
    assert answer.headers["location"] == f"/co-so/{maker.pk}/"
    assert wears(who, maker, Hat.STAFF)
    assert not wears(who, maker, Hat.OWNER)
    assert who.facilities_served.get().approved_by == officer


def test_somebody_signed_in_accepts_with_the_account_they_have(maker, officer):
    link, _ = invited(maker, officer, kind="owner")
    who = person("co-san")

    assert "được mời làm việc" in at("daklak", who).get(link).content.decode()
    at("daklak", who).post(link)

    assert wears(who, maker, Hat.OWNER)


def test_the_code_leads_to_the_same_invitation_however_it_is_typed(maker, officer):
    _, code = invited(maker, officer)

    answer = at("daklak").post(BY_CODE, {"code": f" {code.lower().replace(' ', '-')} "})

    assert "Hợp tác xã Ea Tu" in at("daklak").get(answer.headers["location"]).content.decode()


def test_an_invitation_is_good_once(maker, officer):
    link, code = invited(maker, officer)
    at("daklak", person("mot")).post(link)

    late = person("hai")

    assert at("daklak", late).get(link).status_code == 404
    assert at("daklak", late).post(link).status_code == 404
    assert at("daklak").post(BY_CODE, {"code": code}).status_code == 422
    assert not wears(late, maker, Hat.STAFF)


def test_an_invitation_expires(maker, officer):
    link, code = invited(maker, officer)
    AgentInvitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert at("daklak").get(link).status_code == 404
    assert at("daklak").post(BY_CODE, {"code": code}).status_code == 422


@pytest.mark.parametrize("code", ["", "AAAAA AAAAA", "' or 1=1"])
def test_a_code_that_is_none_is_told(code):
    assert at("daklak").post(BY_CODE, {"code": code}).status_code == 422


def test_guessing_codes_is_held(maker):
    answers = [at("daklak").post(BY_CODE, {"code": f"AAAAA{n:05}"}).content.decode() for n in range(21)]

    assert "Đã thử nhiều lần" not in answers[19]
    assert "Đã thử nhiều lần" in answers[20]


def test_a_link_and_a_code_of_one_province_are_nothing_next_door(maker, officer, khanhhoa):
    link, code = invited(maker, officer)
    with inside(khanhhoa):
        cache.clear()
        there = at("khanhhoa")

        assert there.get(link).status_code == 404
        assert there.post(BY_CODE, {"code": code}).status_code == 422


@pytest.mark.parametrize("change", [lambda link: link[:-2] + "/", lambda link: link.replace("loi-moi/", "loi-moi/x")])
def test_an_altered_link_is_nothing(maker, officer, change):
    link, _ = invited(maker, officer)

    assert at("daklak").get(change(link)).status_code == 404


def test_with_an_address_the_link_and_the_code_are_written_there(maker, officer):
    _, code = invited(maker, officer, email="hen@example.vn")

    letter = Mail.objects.get()
    assert (letter.address, letter.audience) == ("hen@example.vn", "facilities")
    assert code in letter.body
    assert at("daklak").get(letter.url).status_code == 200


def test_the_invited_may_sign_up_where_nobody_else_may(maker, officer):
    Policy.objects.create(is_sign_up_open=False)
    link, _ = invited(maker, officer)

    at("daklak").post(link, ACCOUNT)

    assert wears(Person.objects.get(login="0905000111"), maker, Hat.STAFF)


def test_an_owner_who_accepts_as_staff_stays_owner(maker, officer):
    link, _ = invited(maker, officer)
    owner = person("chu")
    acting_for(maker, owner, AgentKind.OWNER)

    at("daklak", owner).post(link)

    assert wears(owner, maker, Hat.OWNER)


def test_an_invitation_to_a_facility_that_was_merged_is_one_to_the_survivor(maker, officer):
    link, _ = invited(maker, officer)
    survivor = made("Còn lại", TAX_CODES[1])
    merge_facilities(survivor.pk, maker.pk, taken=[], years_taken=[], versions=(1, 1), actor=officer)

    at("daklak").post(link, ACCOUNT)

    assert wears(Person.objects.get(login="0905000111"), survivor, Hat.STAFF)


@pytest.mark.parametrize("hat", OF_FACILITIES)
def test_who_may_invite(maker, hat):
    answer = at("daklak", wearing(hat, maker)).post(f"/co-so/{maker.pk}/moi-nguoi/", {"kind": "staff"})

    may = hat in {Hat.OFFICER, Hat.COMMUNE_OFFICER, Hat.OWNER}
    assert answer.status_code == (200 if may else 403)
    assert AgentInvitation.objects.exists() == may


def test_neighbours_do_not_invite(maker):
    for who in vars(neighbours(maker)).values():
        assert at("daklak", who).post(f"/co-so/{maker.pk}/moi-nguoi/", {"kind": "staff"}).status_code == 404
    assert not AgentInvitation.objects.exists()
