"""An official types for a facility: who typed for whom is on record, and the owner confirms."""

import pytest
from browsers import at
from portal import agent, commune_officer, mend, refile, sent_back
from stage import facility

from apps.dossiers import doors
from apps.dossiers.models import Confirmation, Dossier, Entry, Filing
from apps.dossiers.pages import receipts
from apps.dossiers.services import confirm_filing, drafting, save_answer
from apps.facilities.models import Facility
from tieubieu.audit.queries import events_of
from tieubieu.notices.models import Mail, Notice

pytestmark = pytest.mark.usefixtures("in_daklak")

COMMUNE = "24169"


@pytest.fixture
def helper(at_the_portal):
    Facility.objects.filter(pk=at_the_portal.maker.pk).update(commune_code=COMMUNE)
    at_the_portal.maker.refresh_from_db()
    return commune_officer(COMMUNE)


def test_who_typed_for_whom_is_on_record_from_the_first_word_to_the_receipt(at_the_portal, helper):
    entry = at_the_portal.draft(whole=True, by=helper)
    save_answer(entry.pk, "summary", "Kể lại", base="Sản phẩm dùng trong kiểm thử", actor=helper)
    filing = at_the_portal.filed("Bánh tráng", by=helper).filings.get()

    assert (entry.is_assisted, entry.begun_by) == (True, helper)
    assert Dossier.objects.get(entry=entry).typed["summary"]["name"] == "Y Blô Niê"
    assert (filing.is_assisted, filing.filed_by, filing.owner_confirmed_at) == (True, helper, None)
    drafted, submitted = events_of(filing.entry)
    assert (drafted.facts["is_assisted"], submitted.facts["is_assisted"]) == (True, True)
    assert {drafted.actor_id, submitted.actor_id} == {str(helper.pk)}
    page = at("daklak", at_the_portal.owner).get(f"/ho-so/bien-nhan/{filing.receipt_code}/").content.decode()
    assert "Người gửi: Y Blô Niê, gửi giúp cơ sở" in page
    assert "Chủ cơ sở chưa xác nhận" in page


def test_who_fills_for_their_own_facility_is_no_helper(at_the_portal):
    filing = at_the_portal.filed(by=agent(at_the_portal.maker, "ke-toan", kind="staff")).filings.get()

    assert (filing.entry.is_assisted, filing.is_assisted) == (False, False)
    assert not Notice.objects.filter(subject__startswith="Xin xác nhận").exists()


def test_without_the_question_whose_facility_it_is_help_would_pass_as_the_owners_own(
    at_the_portal, helper, monkeypatch
):
    """A control."""
    monkeypatch.setattr(drafting, "owns", lambda person, subject: True)

    assert not at_the_portal.draft(by=helper).is_assisted


def test_the_owner_is_asked_and_confirms_once(at_the_portal, helper):
    entry, browser = at_the_portal.filed(by=helper), at("daklak", at_the_portal.owner)
    asked = Notice.objects.get(person=at_the_portal.owner, subject__startswith="Xin xác nhận")
    assert "Y Blô Niê đã soạn và gửi giúp" in asked.text
    assert asked.url == f"/ho-so/{entry.pk}/xac-nhan/"
    assert "Xác nhận hồ sơ được gửi giúp" in browser.get("/ho-so/").content.decode()

    shown = browser.get(asked.url).content.decode()
    assert "Y Blô Niê đã nhập và gửi giúp" in shown
    assert "Sản phẩm dùng trong kiểm thử" in shown
    assert Filing.objects.get().owner_confirmed_at is None, "reading confirms nothing"
    browser.post(asked.url)
    first = Filing.objects.get().owner_confirmed_at
    browser.post(asked.url)

    filing = Filing.objects.get()
    assert (filing.owner_confirmed_at, filing.confirmed_through) == (first, Confirmation.ACCOUNT)
    confirmed = [one for one in events_of(entry) if one.tag == "dossiers.entry.owner_confirmed"]
    assert [one.actor_id for one in confirmed] == [str(at_the_portal.owner.pk)]
    assert Notice.objects.filter(person=helper, subject__startswith="Chủ cơ sở đã xác nhận").count() == 1
    assert "Xác nhận hồ sơ được gửi giúp" not in browser.get("/ho-so/").content.decode()


def test_nobody_but_the_owner_confirms(at_the_portal, helper):
    entry = at_the_portal.filed(by=helper)
    neighbour = facility(1, actor=at_the_portal.stage.officer)
    others = [
        helper,
        at_the_portal.stage.officer,
        agent(at_the_portal.maker, "ke-toan", kind="staff"),
        agent(at_the_portal.maker, "moi-hoi", approved=False),
        agent(neighbour, "chu-hang-xom"),
    ]

    assert [at("daklak", one).post(f"/ho-so/{entry.pk}/xac-nhan/").status_code for one in others] == [404] * 5
    assert Filing.objects.get().owner_confirmed_at is None


def test_without_the_door_the_helper_would_confirm_their_own_help(at_the_portal, helper, monkeypatch):
    """A control."""
    entry = at_the_portal.filed(by=helper)
    monkeypatch.setattr(receipts, "must_see", lambda *_: None)

    at("daklak", helper).post(f"/ho-so/{entry.pk}/xac-nhan/")

    assert Filing.objects.get().owner_confirmed_at is not None


def test_an_owner_without_an_account_confirms_by_the_letters_link(at_the_portal, helper):
    maker = facility(1, actor=at_the_portal.stage.officer)
    Facility.objects.filter(pk=maker.pk).update(commune_code=COMMUNE, email="hoptacxa@example.vn")
    maker.refresh_from_db()
    at_the_portal.maker = maker
    filing = at_the_portal.filed(by=helper).filings.get()
    letter = Mail.objects.get(address="hoptacxa@example.vn", subject__startswith="Xin xác nhận")
    path, visitor = letter.url, at("daklak")
    assert path.startswith("/ho-so/xac-nhan/")

    assert visitor.get(path).status_code == 200
    assert Filing.objects.get().owner_confirmed_at is None
    visitor.post(path)
    visitor.post(path)

    assert Filing.objects.get().confirmed_through == Confirmation.LINK
    assert [one.actor_id for one in events_of(filing.entry)][-1] in (None, "")
    assert visitor.get(f"{path[:-3]}xx/").status_code == 404


def test_a_dossier_that_the_owner_files_again_needs_no_confirmation_of_that_filing(at_the_portal, helper):
    entry = sent_back(at_the_portal, at_the_portal.filed(by=helper))
    mend(at_the_portal, entry)

    refile(at_the_portal, entry)

    assert list(entry.filings.values_list("is_assisted", flat=True)) == [True, False]


def test_confirming_what_an_owner_filed_changes_nothing(at_the_portal):
    filing = at_the_portal.filed().filings.get()

    confirm_filing(filing.pk, through=Confirmation.ACCOUNT, actor=at_the_portal.owner)

    assert Filing.objects.get().owner_confirmed_at is None


def test_an_official_helps_in_their_own_commune_alone_and_not_with_what_the_facility_began(at_the_portal, helper):
    own = at_the_portal.draft("Của cơ sở")
    helped = at_the_portal.draft("Soạn giúp", by=helper)
    elsewhere = commune_officer("24121", "can-bo-xa-khac")

    assert at("daklak", helper).get(f"/ho-so/{helped.pk}/").status_code == 200
    assert at("daklak", helper).get(f"/ho-so/{own.pk}/").status_code == 404
    assert at("daklak", elsewhere).get(f"/ho-so/{helped.pk}/").status_code == 404


def test_without_the_condition_an_official_would_read_what_a_facility_drafts(at_the_portal, helper, monkeypatch):
    """A control."""
    own = at_the_portal.draft("Của cơ sở")
    monkeypatch.setattr(doors, "ASSIST", "facilities.facility.see")

    assert at("daklak", helper).get(f"/ho-so/{own.pk}/").status_code == 200
    assert Entry.objects.get().is_assisted is False
