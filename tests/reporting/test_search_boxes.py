"""Every search box finds what is looked for however it is typed: one folding for all of them."""

import unicodedata
from datetime import date
from uuid import uuid4

import pytest
from browsers import at
from campaigns import maker, sent, written
from stage import TAX_CODES, filed, opened, person

from apps.accounts.models import OrganisationalUnit, Role
from apps.catalogue.services import register_certificate
from apps.dossiers.models import Entry
from apps.facilities.models import Facility
from apps.nominations.models import Proposal
from tieubieu.binding import PUBLIC, bound

pytestmark = pytest.mark.usefixtures("in_daklak")
KEPT, DECOY = "Công ty TNHH Cacao Nam Trường Sơn, Hoà Phú", "Hợp tác xã Ca dao Bắc Trường Sa, Hoa Mai"


def nfd(text):
    return unicodedata.normalize("NFD", text)


TYPED = [
    KEPT,
    nfd(KEPT),
    "Công ty TNHH Cacao Nam Trường Sơn",
    nfd("Công ty TNHH Cacao Nam Trường Sơn"),
    "cong ty tnhh cacao nam truong son",
    "CACAO NAM TRƯỜNG SƠN",
    "trường sơn nam cacao",
    "ca cao nam trường sơn",
    "Hoà Phú",
    "Hòa Phú",
    nfd("Hòa Phú"),
    nfd("Hoà Phú"),
    "hoa phu",
]


def officer(*roles):
    return person("nguoi-tim", *(roles or (Role.OFFICER,)))


def facilities():
    who = officer()
    for number, name in enumerate((KEPT, DECOY)):
        named(maker(number, actor=who), name)
    return at("daklak", who), "/co-so/", TAX_CODES[:2]


def named(facility, name):
    facility.name = name
    facility.save()
    return facility


def desk_by_product():
    stage = filed(2)
    for entry, name in zip(stage.entries, (KEPT, DECOY), strict=True):
        entry.name = name
        entry.save()
    return at("daklak", stage.officer), "/kiem-tra/", [entry.pk for entry in stage.entries]


def desk_by_facility():
    stage = filed(2)
    for entry, name in zip(stage.entries, (KEPT, DECOY), strict=True):
        named(entry.facility, name)
    return at("daklak", stage.officer), "/kiem-tra/", [entry.pk for entry in stage.entries]


def people():
    who = officer(Role.ADMINISTRATOR)
    found = [person(login, name=name) for login, name in (("mot", KEPT), ("hai", DECOY))]
    return at("daklak", who), "/tai-khoan/nguoi-dung/", [one.pk for one in found]


def units():
    who = officer(Role.ADMINISTRATOR)
    found = [OrganisationalUnit.objects.create(name=name) for name in (KEPT, DECOY)]
    return at("daklak", who), "/tai-khoan/don-vi/", [one.pk for one in found]


def helping():
    stage = opened()
    for number, name in enumerate((KEPT, DECOY)):
        named(maker(number, actor=stage.officer), name)
    return at("daklak", stage.officer), "/ho-so/giup/", TAX_CODES[:2]


def candidates():
    stage = opened()
    found = [named(maker(number, actor=stage.officer), name) for number, name in enumerate((KEPT, DECOY))]
    return at("daklak", stage.officer), f"/van-dong/{written(stage).pk}/", [one.pk for one in found]


def invited():
    stage = opened()
    for number, name in enumerate((KEPT, DECOY)):
        named(maker(number, actor=stage.officer, email=f"a{number}@example.vn"), name)
    return at("daklak", stage.officer), f"/van-dong/{sent(stage).pk}/", ["a0@example.vn", "a1@example.vn"]


def nation():
    numbers = ["01/2026/GCN", "02/2026/GCN"]
    with bound(PUBLIC):
        for number, name in zip(numbers, (KEPT, DECOY), strict=True):
            register_certificate(
                {"id": str(uuid4()), "issuer": "daklak", "issuer_name": "Tỉnh Đắk Lắk", "province_code": "66",
                 "number": number, "level": "province", "year": 2026, "product_name": name, "holder_name": "Thử",
                 "holder_address": "Buôn Thử", "group": "2", "decision": "1/QĐ", "issued_on": "2026-08-03",
                 "valid_until": date(2030, 1, 1).isoformat(), "state": "valid", "is_demo": False, "version": 1}
            )  # fmt: skip
    return at(""), "/", numbers


BOXES = [facilities, desk_by_product, desk_by_facility, people, units, helping, candidates, invited, nation]


def shows(client, path, marks, typed):
    page = client.get(path, {"tim": typed}).content.decode()
    return [str(mark) in page for mark in marks]


@pytest.mark.parametrize("box", BOXES, ids=lambda box: box.__name__)
def test_however_it_is_typed_it_is_found_and_nothing_else(box):
    client, path, marks = box()

    wrong = {typed: found for typed in TYPED if (found := shows(client, path, marks, typed)) != [True, False]}

    assert wrong == {}
    assert shows(client, path, marks, "") in ([True, True], [False, False])  # who helps a facility names it first
    assert shows(client, path, marks, "chữ này không có ở đâu") == [False, False]


@pytest.mark.parametrize("typed", ["Hòa Phú", "Hoà Phú", nfd("Hoà Phú"), "hoa phu", "XÃ HÒA PHÚ", "phú hòa xã"])
def test_a_communes_letter_is_found_by_the_communes_name(typed):
    stage = opened()
    here, there = (
        Proposal.objects.create(round=stage.round, commune_code=code, begun_by=stage.officer)
        for code in ("24175", "24472")
    )

    assert shows(at("daklak", stage.officer), "/de-cu/de-nghi/", [here.pk, there.pk], typed) == [True, False]


@pytest.mark.parametrize("typed", ["%", "_", "\\", "' or 1=1 --", "x" * 5000, "a " * 400, "...", "🙂", "((("])
@pytest.mark.parametrize("box", BOXES, ids=lambda box: box.__name__)
def test_every_box_takes_any_words(box, typed):
    client, path, _ = box()

    assert client.get(path, {"tim": typed}).status_code == 200


def test_what_is_looked_for_was_kept_as_it_was_written():
    """The tests above show nothing if the names had been changed on the way in."""
    facilities()

    assert set(Facility.objects.values_list("name", flat=True)) == {KEPT, DECOY}
    assert not Entry.objects.exists()
