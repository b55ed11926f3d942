"""After a supplement: edits are held apart, join the rest when the dossier is filed again, and leave a history."""

import pytest
from browsers import at
from portal import filing_is_over, mend, photo, refile, sent_back

from apps.dossiers.models import Dossier, Entry, Paper, Supplement, SupplementState
from apps.dossiers.queries.papers import papers_of
from apps.dossiers.services import (
    NotComplete,
    add_paper,
    caption_paper,
    filing,
    move_paper,
    papers,
    remove_paper,
    submit_entry,
)
from apps.dossiers.services.supplements import cancel_supplement
from apps.dossiers.states import EntryState
from tieubieu.audit.queries import events_of
from tieubieu.errors import DomainError, WrongState

pytestmark = pytest.mark.usefixtures("in_daklak")


@pytest.fixture
def portal(at_the_portal):
    return at_the_portal


def slots(entry, **how):
    return {paper.slot: paper.pk for paper in papers_of(entry, **how)}


def test_what_is_edited_after_filing_is_held_apart_from_what_was_filed(portal):
    entry = sent_back(portal)
    as_filed = Dossier.objects.get(entry=entry).description["summary"]

    mend(portal, entry)

    dossier = Dossier.objects.get(entry=entry)
    assert (dossier.description["summary"], dossier.held) == (as_filed, {"summary": "Thu hoạch từ tháng 9"})


def test_an_edit_taken_back_is_held_no_longer(portal):
    entry = sent_back(portal)
    as_filed = Dossier.objects.get(entry=entry).description["summary"]

    mend(portal, entry)
    mend(portal, entry, as_filed)

    assert Dossier.objects.get(entry=entry).held == {}


def test_filing_again_joins_answers_of_both_forms_and_answers_the_request(portal):
    entry = sent_back(portal)
    mend(portal, entry)
    mend(portal, entry, "0905 111 222", code="phone")

    refile(portal, entry)

    dossier = Dossier.objects.get(entry=entry)
    assert (dossier.description["summary"], dossier.registration["phone"]) == ("Thu hoạch từ tháng 9", "0905 111 222")
    assert dossier.held == {}
    assert Entry.objects.get(pk=entry.pk).state == EntryState.SUBMITTED
    assert Supplement.objects.get().state == SupplementState.ANSWERED


def test_every_filing_keeps_its_own_content_and_the_log_says_who_and_when(portal):
    entry = sent_back(portal)
    mend(portal, entry)
    refile(portal, entry)

    first, second = entry.filings.all()
    assert "Thu hoạch" not in first.content["description"]["summary"]
    assert second.content["description"]["summary"] == "Thu hoạch từ tháng 9"
    assert first.digest != second.digest
    assert first.receipt_code != second.receipt_code
    assert first.filed_at == Entry.objects.get(pk=entry.pk).submitted_at, "the day of the first filing counts"
    last = events_of(entry).last()
    assert (last.tag, last.facts["number"], last.actor_id) == ("dossiers.entry.filed_again", 2, str(portal.owner.pk))


def test_papers_are_held_and_join_in_the_same_step(portal):
    entry = sent_back(portal)
    before = slots(entry)

    new = add_paper(entry.pk, "photo_side", photo("green"), actor=portal.owner)
    remove_paper(before["business_licence"], actor=portal.owner)
    licence = add_paper(entry.pk, "business_licence", photo(), actor=portal.owner)
    assert slots(entry) == before, "what was filed stays as it was"
    assert slots(entry, with_held=True) == before | {"photo_side": new.pk, "business_licence": licence.pk}
    refile(portal, entry)

    assert slots(entry) == before | {"photo_side": new.pk, "business_licence": licence.pk}
    assert Paper.objects.get(pk=before["photo_side"]).removed_at is not None, "history keeps the old photo"
    first, second = entry.filings.all()
    sides = [{p["file"] for p in one.content["papers"] if p["slot"] == "photo_side"} for one in (first, second)]
    assert sides[0].isdisjoint(sides[1])


def test_without_the_joining_what_was_mended_would_not_be_filed(portal, monkeypatch):
    """A control."""
    entry = sent_back(portal)
    mend(portal, entry)
    monkeypatch.setattr(filing, "_join_held", lambda entry: None)

    refile(portal, entry)

    assert "Thu hoạch" not in entry.filings.last().content["description"]["summary"]


def test_a_held_paper_taken_out_again_is_gone_and_the_filed_one_leaves_only_by_filing(portal):
    entry = sent_back(portal)
    extra = add_paper(entry.pk, "award", photo(), actor=portal.owner)

    remove_paper(extra.pk, actor=portal.owner)

    assert "award" not in slots(entry, with_held=True)
    with pytest.raises(WrongState, match="đã được bỏ"):
        remove_paper(extra.pk, actor=portal.owner)


def test_what_was_filed_keeps_its_words_and_its_place(portal):
    entry = sent_back(portal)
    filed = slots(entry)["photo_side"]

    with pytest.raises(WrongState, match="giữ nguyên chú thích"):
        caption_paper(filed, "Lời khác", actor=portal.owner)
    with pytest.raises(WrongState, match="giữ nguyên chú thích"):
        move_paper(filed, -1, actor=portal.owner)

    assert Paper.objects.get(pk=filed).caption == ""


def test_without_the_guard_the_words_of_a_filed_photo_would_change(portal, monkeypatch):
    """A control."""
    entry = sent_back(portal)
    monkeypatch.setattr(papers, "_require_own_words", lambda paper: None)

    caption_paper(slots(entry)["photo_side"], "Lời khác", actor=portal.owner)

    assert Paper.objects.get(pk=slots(entry)["photo_side"]).caption == "Lời khác"


def test_a_filed_dossier_takes_no_paper(portal):
    entry = portal.filed()
    before = slots(entry)

    for act in (
        lambda: add_paper(entry.pk, "award", photo(), actor=portal.owner),
        lambda: remove_paper(before["photo_side"], actor=portal.owner),
    ):
        with pytest.raises(WrongState, match="không sửa được"):
            act()

    assert slots(entry, with_held=True) == before


def test_without_the_guard_a_filed_dossier_would_lose_its_photo(portal, monkeypatch):
    """A control."""
    entry = portal.filed()
    monkeypatch.setattr(papers, "require_editable", lambda entry: None)

    remove_paper(slots(entry)["photo_side"], actor=portal.owner)

    assert "photo_side" not in slots(entry)


def test_a_closing_date_does_not_trap_a_dossier_under_correction(portal):
    entry = sent_back(portal)
    filing_is_over(portal.stage)
    mend(portal, entry)

    refile(portal, entry)

    assert Entry.objects.get(pk=entry.pk).state == EntryState.SUBMITTED


def test_sent_twice_it_is_filed_once_and_an_old_page_files_nothing(portal):
    entry = sent_back(portal)
    mend(portal, entry)

    refile(portal, entry)
    refile(portal, entry)
    sent_back(portal, entry)
    refile(portal, entry)

    assert entry.filings.count() == 2
    assert Entry.objects.get(pk=entry.pk).state == EntryState.SUPPLEMENT


def test_what_lacks_or_is_not_declared_is_told_and_stays_held(portal):
    entry = sent_back(portal)
    mend(portal, entry, "")

    with pytest.raises(NotComplete, match="còn thiếu 1 mục"):
        refile(portal, entry)
    mend(portal, entry)
    with pytest.raises(DomainError, match="lời cam kết"):
        refile(portal, entry, is_declared=False)

    assert (entry.filings.count(), Dossier.objects.get(entry=entry).held) == (1, {"summary": "Thu hoạch từ tháng 9"})


def test_without_the_guard_an_empty_answer_would_be_filed(portal, monkeypatch):
    """A control."""
    entry = sent_back(portal)
    mend(portal, entry, "")
    monkeypatch.setattr(filing, "_require_ready", lambda entry, is_declared: None)

    refile(portal, entry, is_declared=False)

    assert entry.filings.last().content["description"]["summary"] == ""


@pytest.mark.parametrize("state", sorted(set(EntryState) - {EntryState.SUPPLEMENT}))
def test_only_what_was_sent_back_is_filed_again(portal, state):
    entry = portal.filed()
    Entry.objects.filter(pk=entry.pk).update(state=state)

    with pytest.raises(WrongState):
        refile(portal, entry)

    assert entry.filings.count() == 1


def test_a_request_taken_back_leaves_what_was_filed_and_keeps_the_edits_for_the_next(portal):
    entry = sent_back(portal)
    mend(portal, entry)

    cancel_supplement(entry.pk, actor=portal.stage.officer)
    page = at("daklak", portal.owner).get(f"/ho-so/{entry.pk}/kiem-tra/").content.decode()
    assert "Thu hoạch từ tháng 9" not in page, "what is shown as filed is what was filed"
    sent_back(portal, Entry.objects.get(pk=entry.pk))

    assert "Thu hoạch từ tháng 9" in at("daklak", portal.owner).get(f"/ho-so/{entry.pk}/kiem-tra/").content.decode()


def test_a_page_that_still_offers_the_first_filing_shows_its_receipt_and_changes_nothing(portal):
    entry = sent_back(portal)
    mend(portal, entry)

    again = submit_entry(entry.pk, is_declared=True, actor=portal.owner)

    assert (again.filings.count(), again.state) == (1, EntryState.SUPPLEMENT)
