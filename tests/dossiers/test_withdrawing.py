"""A facility takes its dossier out: until it was found in order, whatever has closed; and it stays readable."""

from datetime import timedelta

import pytest
from browsers import at
from django.utils import timezone
from portal import agent, filing_is_over, photo

from apps.dossiers.models import Entry, Supplement, SupplementState
from apps.dossiers.services import (
    accept_entry,
    add_paper,
    copy_entry,
    drafting,
    file_again,
    save_answer,
    submit_entry,
    withdraw_entry,
)
from apps.dossiers.services.supplements import Asked, ask_supplement
from apps.dossiers.states import MOVES, EntryState
from tieubieu.audit.queries import events_of
from tieubieu.errors import WrongState
from tieubieu.notices.models import Audience, Notice

pytestmark = pytest.mark.usefixtures("in_daklak")

OPEN = {EntryState.DRAFT, EntryState.SUBMITTED, EntryState.SUPPLEMENT}


def state(entry):
    return Entry.objects.get(pk=entry.pk).state


def withdraw(portal, entry, **told):
    return withdraw_entry(entry.pk, actor=portal.owner, **told)


@pytest.mark.parametrize("closes", [False, True])
@pytest.mark.parametrize("is_filed", [False, True])
def test_a_dossier_is_withdrawn_before_and_after_the_closing_date(at_the_portal, is_filed, closes):
    entry = at_the_portal.filed() if is_filed else at_the_portal.draft()
    if closes:
        filing_is_over(at_the_portal.stage)

    withdraw(at_the_portal, entry, reason="  Chưa đủ hàng ")

    found = Entry.objects.get(pk=entry.pk)
    assert (found.state, found.reason) == (EntryState.WITHDRAWN, "Chưa đủ hàng")
    last = events_of(entry).last()
    assert (last.tag, last.facts["was_filed"], last.facts["reason"]) == (
        "dossiers.entry.withdrawn",
        is_filed,
        "Chưa đủ hàng",
    )


@pytest.mark.parametrize("over", sorted(set(EntryState) - OPEN))
def test_what_was_decided_or_is_out_already_is_not_withdrawn(at_the_portal, over):
    entry = at_the_portal.filed()
    Entry.objects.filter(pk=entry.pk).update(state=over)

    with pytest.raises(WrongState):
        withdraw(at_the_portal, entry)

    assert state(entry) == over


def test_without_the_table_an_accepted_dossier_would_be_withdrawn(at_the_portal, monkeypatch):
    """A control."""
    entry = at_the_portal.filed()
    accept = MOVES["withdraw"][0] | {EntryState.ACCEPTED}
    Entry.objects.filter(pk=entry.pk).update(state=EntryState.ACCEPTED)
    monkeypatch.setitem(drafting.MOVES, "withdraw", (accept, EntryState.WITHDRAWN))

    withdraw(at_the_portal, entry)

    assert state(entry) == EntryState.WITHDRAWN


def test_the_page_asks_again_before_it_withdraws_and_says_what_it_means(at_the_portal):
    entry, browser = at_the_portal.filed(), at("daklak", at_the_portal.owner)

    page = browser.get(f"/ho-so/{entry.pk}/").content.decode()

    assert "<dialog" in page
    assert "Rút hồ sơ đã gửi?" in page
    assert "Đã hết hạn nhận hồ sơ thì không gửi lại được trong kỳ này." in page
    assert browser.get(f"/ho-so/{entry.pk}/rut/").status_code == 405, "opening an address withdraws nothing"
    assert state(entry) == EntryState.SUBMITTED


def test_the_page_withdraws_once_and_the_second_time_is_told(at_the_portal):
    entry, browser = at_the_portal.filed(), at("daklak", at_the_portal.owner)

    first = browser.post(f"/ho-so/{entry.pk}/rut/", {"ly-do": "Đổi ý"}, follow=True)
    second = browser.post(f"/ho-so/{entry.pk}/rut/", {"ly-do": "Lần hai"})

    assert "Đã rút hồ sơ" in first.content.decode()
    assert second.status_code == 409
    assert Entry.objects.get().reason == "Đổi ý"


def test_an_open_request_ends_with_it(at_the_portal):
    entry = at_the_portal.filed()
    ask_supplement(
        entry.pk,
        points=[Asked("field:summary", "incorrect")],
        text="",
        due_on=timezone.localdate() + timedelta(days=5),
        actor=at_the_portal.stage.officer,
    )

    withdraw(at_the_portal, entry)

    supplement = Supplement.objects.get()
    assert (supplement.state, supplement.ended_at is None) == (SupplementState.CANCELLED, False)


def test_nothing_more_happens_to_it_but_it_is_read_and_copied(at_the_portal):
    entry, owner = at_the_portal.filed(), at_the_portal.owner
    withdraw(at_the_portal, entry)

    for act in (
        lambda: save_answer(entry.pk, "summary", "x", base="Sản phẩm dùng trong kiểm thử", actor=owner),
        lambda: add_paper(entry.pk, "award", photo(), actor=owner),
        lambda: file_again(entry.pk, number=2, is_declared=True, actor=owner),
        lambda: accept_entry(entry.pk, actor=at_the_portal.stage.officer),
    ):
        with pytest.raises(WrongState):
            act()
    assert submit_entry(entry.pk, is_declared=True, actor=owner).state == EntryState.WITHDRAWN, "sent twice, not again"

    assert at("daklak", owner).get(f"/ho-so/{entry.pk}/kiem-tra/").status_code == 200
    assert copy_entry(entry.pk, at_the_portal.stage.round.pk, name="", actor=owner).name == entry.name
    assert state(entry) == EntryState.WITHDRAWN


def test_the_home_page_keeps_it_among_the_past(at_the_portal):
    entry = at_the_portal.draft()
    withdraw(at_the_portal, entry)

    page = at("daklak", at_the_portal.owner).get("/ho-so/").content.decode()

    assert "Hồ sơ đã rút hoặc chưa kịp gửi (1)" in page
    assert "Hồ sơ đang soạn" not in page


def test_the_official_who_screens_it_is_told_once(at_the_portal):
    entry = at_the_portal.filed()
    Entry.objects.filter(pk=entry.pk).update(officer=at_the_portal.stage.officer)

    withdraw(at_the_portal, entry, reason="Đổi ý")

    told = Notice.objects.get(person=at_the_portal.stage.officer, subject__startswith="Đã rút hồ sơ")
    assert told.audience == Audience.OFFICIALS
    assert "Lý do: Đổi ý" in told.text


def test_a_facility_whose_dossier_an_official_withdraws_is_told_by_whom(at_the_portal):
    officer = at_the_portal.stage.officer
    entry = at_the_portal.draft(by=officer)

    withdraw_entry(entry.pk, actor=officer, reason="Nhập nhầm cơ sở")

    told = Notice.objects.get(person=at_the_portal.owner, subject__startswith="Đã rút hồ sơ")
    assert str(officer) in told.text
    assert "Nhập nhầm cơ sở" in told.text
    assert told.audience == Audience.FACILITIES


@pytest.mark.parametrize("kind", ["staff", "owner"])
def test_whoever_acts_for_the_facility_withdraws_and_a_stranger_does_not(at_the_portal, kind):
    entry = at_the_portal.draft()
    stranger = at("daklak", at_the_portal.stage.officer)

    assert stranger.post(f"/ho-so/{entry.pk}/rut/").status_code == 404
    assert state(entry) == EntryState.DRAFT
    colleague = at("daklak", agent(at_the_portal.maker, "dong-nghiep", kind=kind))
    assert colleague.post(f"/ho-so/{entry.pk}/rut/").status_code == 302
    assert state(entry) == EntryState.WITHDRAWN
