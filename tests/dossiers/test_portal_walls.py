"""What is a neighbour's does not exist: every address of the portal and the desk, held against one that is nobody's.

The table of addresses is walked, so that a new one without a case here fails.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
from browsers import at
from django.urls import reverse
from makers import EA_KAO, TAN_LAP
from portal import Portal, agent, commune_officer, mend, photo, portal, sent_back
from stage import facility

from apps.dossiers import doors
from apps.dossiers.models import Dossier, Entry, Filing, Note, Paper
from apps.dossiers.services import add_paper
from apps.dossiers.services.telling import confirmation_token
from apps.dossiers.urls import desk
from apps.dossiers.urls import portal as portal_urls
from apps.facilities.models import Facility
from tenants.gateways import inside

NAME, SECRET, RECEIPT = "Sô-cô-la Ea Kar", "Bí quyết ủ men bảy ngày", "BN-7K3M-9QXT-4DWP"
NOBODYS = {"receipt": "BN-2222-2222-2222"}
CHANGING = re.compile(r'(content|value)="[A-Za-z0-9]{64}"|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|nonce="[^"]*"')


@dataclass
class Tempting:
    """Everything that an address of the portal can name, once a facility's own and once nobody's."""

    entry: UUID
    paper: UUID
    round: UUID
    facility: UUID
    receipt: str
    token: str

    def nobodys(self) -> "Tempting":
        return Tempting(uuid4(), uuid4(), uuid4(), uuid4(), NOBODYS["receipt"], "khong-co")


Case = Callable[[Tempting], tuple[list[Any], dict[str, Any]]]


def of_entry(*more: Any, **told: Any) -> Case:
    return lambda found: ([found.entry, *more], told)


def of_paper(**told: Any) -> Case:
    return lambda found: ([found.entry, found.paper], told)


ANSWER = {"summary": "Của người ngoài", "goc.summary": SECRET, "code": "summary", "value": "x", "base": SECRET}
# What an address names, and what is posted to it: all that its form would send.
PORTAL: dict[str, Case] = {
    "tasks": of_entry(),
    "copy": lambda found: ([found.entry], {"ky": found.round, "ten": "Bản chép"}),
    "describe": of_entry(loai="mot", ten="Tên khác", nhom="2"),
    "step": of_entry("summary", **ANSWER),
    "section": of_entry("business", **ANSWER),
    "save": of_entry(**ANSWER),
    "photos": of_entry(),
    "papers": of_entry(),
    "upload": of_entry(muc="award"),
    "paper": of_paper(),
    "change_paper": of_paper(viec="bo"),
    "check": of_entry(),
    "submit": of_entry(**{"lan": "2", "cam-ket": "1"}),
    "withdraw": of_entry(**{"ly-do": "Đổi ý"}),
    "confirm": of_entry(),
    "talk": of_entry(**{"noi-dung": "Xin chào"}),
    "receipt_pdf": lambda found: ([found.receipt], {}),
    "receipt_made": lambda found: ([found.receipt], {}),
    "receipt_again": lambda found: ([found.receipt], {}),
}
DESK: dict[str, Case] = {
    "dossier": of_entry(),
    "check": of_entry(muc="field:summary", **{"ket-luan": "ok"}),
    "accept": of_entry(),
    "refuse": of_entry(**{"ly-do": "Thiếu"}),
    "reopen": of_entry(**{"ly-do": "Xem lại"}),
    "assign": of_entry(),
    "supplement": of_entry(muc="field:summary"),
    "cancel": of_entry(),
    "note": of_entry(**{"noi-dung": "Xin chào"}),
    "history": of_entry(),
    "history_xlsx": of_entry(),
    "paper": of_paper(),
    "take_apart": of_entry(**{"ly-do": "Tách"}),
}
# Addresses without anybody's thing in them, or with one that is told apart by other tests below.
WITHOUT: dict[str, set[str]] = {
    "portal": {"home", "begin", "receipt", "confirm_by_link", "assist", "form_editor", "form_add", "form_export",
               "form_preview", "form_publish", "form_discard", "form_reword", "form_change"},
    "desk": {"queue", "export", "keep_view", "drop_view", "bulk", "join", "minutes", "minutes_xlsx"},
}  # fmt: skip
NO_FACILITYS = sorted(WITHOUT["portal"] - {"home", "begin", "receipt", "confirm_by_link"})


def test_every_address_has_a_case():
    assert {one.name for one in portal_urls.urlpatterns} == set(PORTAL) | WITHOUT["portal"]
    assert {one.name for one in desk.urlpatterns} == set(DESK) | WITHOUT["desk"]


def tempting(at: Portal) -> Tempting:
    """A dossier that was filed, sent back, and is being mended: answers and papers filed and held, a receipt."""
    entry = at.filed(NAME)
    mended = Dossier.objects.get(entry=entry)
    mended.description |= {"summary": SECRET}
    mended.save()
    sent_back(at, entry)
    mend(at, entry, f"{SECRET} rưỡi")
    paper = add_paper(entry.pk, "award", photo(), actor=at.owner, caption=SECRET)
    filing = entry.filings.get()
    Filing.objects.filter(pk=filing.pk).update(receipt_code=RECEIPT, is_assisted=True)
    return Tempting(entry.pk, paper.pk, at.stage.round.pk, at.maker.pk, RECEIPT, confirmation_token(filing))


def everything() -> list[object]:
    """The rows that any of the posts would change."""
    columns = {
        Entry: ("pk", "state", "name", "group", "reason", "officer_id"),
        Dossier: ("pk", "registration", "description", "held"),
        Paper: ("pk", "slot", "caption", "position", "removed_at", "is_leaving"),
        Filing: ("pk", "number", "owner_confirmed_at"),
        Note: ("pk", "text"),
    }
    return [list(model.objects.order_by("pk").values_list(*names)) for model, names in columns.items()]


def answers(browser: Any, room: str, name: str, case: Case, found: Tempting) -> list[tuple[int, str]]:
    """What is answered to reading and to posting, as a form and as the offline queue does it."""
    arguments, told = case(found)
    address = reverse(f"{room}:{name}", args=arguments)
    with_file = {"tep": photo()} if name == "upload" else {}
    replies = [
        browser.get(address),
        browser.get(address, {"co": "thumb", "ve": "kiem-tra"}),
        browser.post(address, {**told, **with_file}),
        browser.post(address, told, content_type="application/json", headers={"Accept": "application/json"}),
    ]
    return [(reply.status_code, CHANGING.sub("…", b"".join(reply).decode(errors="replace"))) for reply in replies]


def told_apart(browser: Any, room: str, cases: dict[str, Case], found: Tempting) -> dict[str, object]:
    """The addresses that answer for the neighbour's thing otherwise than for nobody's."""
    wrong: dict[str, object] = {}
    for name, case in cases.items():
        theirs = answers(browser, room, name, case, found)
        statuses = [status for status, _ in theirs]
        if not set(statuses) <= {404, 405} or theirs != answers(browser, room, name, case, found.nobodys()):
            wrong[name] = statuses
    return wrong


@pytest.fixture
def found(at_the_portal: Portal) -> Tempting:
    Facility.objects.filter(pk=at_the_portal.maker.pk).update(commune_code=EA_KAO)
    at_the_portal.maker.refresh_from_db()
    return tempting(at_the_portal)


@pytest.fixture
def next_door(at_the_portal: Portal) -> Any:
    """The owner of a facility of the same name in the same commune, with a dossier of the same name."""
    other = facility(1, actor=at_the_portal.stage.officer)
    Facility.objects.filter(pk=other.pk).update(name=at_the_portal.maker.name, commune_code=EA_KAO)
    owner = agent(other, "chu-hang-xom", name=at_the_portal.owner.full_name)
    Portal(at_the_portal.stage, Facility.objects.get(pk=other.pk), owner).draft(NAME)
    return at("daklak", owner)


def test_a_neighbours_dossier_answers_as_what_does_not_exist_and_stays_as_it_is(found, next_door):
    before = everything()

    assert told_apart(next_door, "dossiers", PORTAL, found) == {}
    assert told_apart(next_door, "desk", DESK, found) == {}
    assert everything() == before


def test_nor_does_it_for_who_only_asked_to_act_for_the_facility_or_is_nobody(found, at_the_portal):
    before = everything()
    asking = at("daklak", agent(at_the_portal.maker, "moi-hoi", approved=False))

    assert told_apart(asking, "dossiers", PORTAL, found) == {}
    visitor = at("daklak")
    for name, case in PORTAL.items():
        statuses = {status for status, _ in answers(visitor, "dossiers", name, case, found)}
        assert statuses <= {302, 405}, name
    assert everything() == before


def test_a_commune_officer_next_door_meets_nothing_at_the_desk_nor_at_the_portal(found):
    before, officer = everything(), at("daklak", commune_officer(TAN_LAP))

    assert told_apart(officer, "dossiers", PORTAL, found) == {}
    assert told_apart(officer, "desk", DESK, found) == {}
    assert everything() == before


def test_another_province_with_the_same_names_and_codes_meets_nothing(found, daklak, khanhhoa):
    before = everything()
    with inside(khanhhoa):
        there = portal()
        tempting(there)
        their_own = everything()
        owner, officer = there.owner, there.stage.officer

    for who in (owner, officer):
        browser = at("khanhhoa", who)
        assert told_apart(browser, "dossiers", {n: c for n, c in PORTAL.items() if "receipt" not in n}, found) == {}
        assert told_apart(browser, "desk", DESK, found) == {}
    with inside(khanhhoa):
        assert everything() == their_own
    with inside(daklak):
        assert everything() == before


def test_a_receipt_of_the_same_code_shows_each_province_its_own(found, khanhhoa):
    with inside(khanhhoa):
        there = portal()
        Facility.objects.update(name="Cơ sở Khánh Hòa")
        tempting(there)

    here, elsewhere = (at(slug).get(f"/ho-so/bien-nhan/{RECEIPT}/").content.decode() for slug in ("daklak", "khanhhoa"))

    assert "Cơ sở Khánh Hòa" not in here
    assert "Cơ sở Khánh Hòa" in elsewhere
    assert at("khanhhoa").get(f"/ho-so/xac-nhan/{found.token}/").status_code == 404


def test_whoever_holds_a_receipts_code_reads_the_bare_facts_alone(found, next_door):
    for browser in (at("daklak"), next_door):
        shown = browser.get(f"/ho-so/bien-nhan/{RECEIPT}/").content.decode()

        assert NAME in shown
        assert SECRET not in shown
        assert str(found.entry) not in shown


def test_pages_without_a_thing_in_their_address_show_only_ones_own(found, next_door, at_the_portal):
    home = next_door.get("/ho-so/").content.decode()
    assert str(found.entry) not in home
    assert RECEIPT not in home
    begin = f"/ho-so/moi/{found.round}/"
    for facility_id in (found.facility, uuid4()):
        assert next_door.get(f"{begin}?co-so={facility_id}").status_code == 404
        told = {"co-so": facility_id, "cau": "nhom", "loai": "mot", "ten": "Của người ngoài", "nhom": "2"}
        assert next_door.post(begin, told).status_code == 404
    assert not Entry.objects.filter(name="Của người ngoài").exists()


@pytest.mark.parametrize("name", NO_FACILITYS)
def test_pages_of_officials_do_not_exist_for_a_facility(next_door, name):
    address = reverse(f"dossiers:{name}", args=["summary"] if name in ("form_reword", "form_change") else [])

    assert {next_door.get(address).status_code, next_door.post(address).status_code} <= {404, 405}
    assert 404 in {next_door.get(address).status_code, next_door.post(address).status_code}


def test_papers_that_are_only_held_are_not_shown_at_the_desk_before_they_are_filed(found, at_the_portal):
    officer = at("daklak", at_the_portal.stage.officer)
    held, filed = found.paper, Paper.objects.filter(entry=found.entry, is_held=False).first()

    assert officer.get(f"/ho-so/{found.entry}/tep/{held}/").status_code == 404
    assert officer.get(f"/kiem-tra/{found.entry}/giay-to/{held}/").status_code == 404
    assert at("daklak", at_the_portal.owner).get(f"/ho-so/{found.entry}/tep/{held}/").status_code == 200
    assert filed is not None


def test_a_paper_is_asked_for_under_its_own_dossier_alone(found, next_door, at_the_portal):
    own = Entry.objects.exclude(pk=found.entry).get(name=NAME)

    assert next_door.get(f"/ho-so/{own.pk}/tep/{found.paper}/").status_code == 404
    assert next_door.post(f"/ho-so/{own.pk}/tep/{found.paper}/doi/", {"viec": "bo"}).status_code == 404
    refused = next_door.post(f"/ho-so/{own.pk}/tep/", {"muc": "award", "tep": photo(), "ma": found.paper})
    assert refused.status_code == 302
    assert Paper.objects.get(pk=found.paper).entry_id == found.entry
    assert not Paper.objects.filter(entry=own).exists()


def test_the_owner_opens_every_one_of_these_addresses(found, at_the_portal):
    """A control: what answers 404 to the others is there."""
    Entry.objects.filter(pk=found.entry).update(state="draft")  # the page of what takes part is for drafts
    browser = at("daklak", at_the_portal.owner)

    opened = {
        name: browser.get(reverse(f"dossiers:{name}", args=case(found)[0])).status_code for name, case in PORTAL.items()
    }

    posts_alone = {"copy", "save", "upload", "change_paper", "submit", "withdraw", "receipt_again"}
    assert {name for name, status in opened.items() if status == 405} == posts_alone
    # The print of this receipt has not been made.
    assert {name for name, status in opened.items() if status == 404} == {"receipt_pdf"}
    assert {status for name, status in opened.items() if name not in {*posts_alone, "receipt_pdf"}} == {200}


def test_an_open_door_would_be_seen(found, next_door, monkeypatch):
    """A control."""
    monkeypatch.setattr(doors, "may_fill", lambda person, subject: True)

    assert {"tasks", "save", "paper", "withdraw"} <= set(told_apart(next_door, "dossiers", PORTAL, found))


def test_who_screens_meets_the_dossier_at_the_desk(found, at_the_portal):
    """A control: the officer of the province sees what the commune officer next door does not."""
    officer = at("daklak", at_the_portal.stage.officer)

    assert {"dossier", "history", "note"} <= set(told_apart(officer, "desk", DESK, found))
