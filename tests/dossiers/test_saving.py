"""An answer is kept when it is given, by whoever may give it, and never over another's unseen."""

import pytest
from browsers import at
from portal import agent, filing_is_over

from apps.dossiers import doors
from apps.dossiers.models import Dossier, Entry
from apps.dossiers.services import BadAnswer, ChangedElsewhere, drafting, save_answer, submit_entry
from apps.dossiers.services import entries as entry_rows
from apps.dossiers.states import EntryState
from apps.rounds.services import WindowClosed
from tieubieu.errors import DomainError, WrongState

pytestmark = pytest.mark.usefixtures("in_daklak")

LOCKED = sorted(set(EntryState) - {EntryState.DRAFT, EntryState.SUPPLEMENT})


def kept(entry):
    dossier = Dossier.objects.get(entry=entry)
    return {**dossier.registration, **dossier.description}, dossier.held


def save(entry, text, *, base="", code="summary", by):
    return save_answer(entry.pk, code, text, base=base, actor=by)


def sent(browser, entry, text, base=""):
    asked = {"code": "summary", "value": text, "base": base}
    return browser.post(f"/ho-so/{entry.pk}/luu/", asked, content_type="application/json")


def test_an_answer_is_kept_with_who_typed_it_and_when(at_the_portal):
    entry = at_the_portal.draft()

    saved = save(entry, "  Sô-cô-la lên men\u200b tại vườn ", by=at_the_portal.owner)

    assert (saved.value, saved.text) == ("Sô-cô-la lên men tại vườn",) * 2
    assert kept(entry)[0]["summary"] == "Sô-cô-la lên men tại vườn"
    typed = Dossier.objects.get(entry=entry).typed["summary"]
    assert (typed["id"], typed["name"]) == (str(at_the_portal.owner.pk), "Nguyễn Thị Hoa")


def test_a_figure_is_kept_plain_however_it_was_typed_and_an_empty_box_is_no_answer(at_the_portal):
    entry = at_the_portal.draft()

    saved = save(entry, "1.200.000", code="revenue.2025", by=at_the_portal.owner)
    assert (saved.value, saved.text) == ("1200000", "1200000")
    save(entry, "", base="1200000", code="revenue.2025", by=at_the_portal.owner)

    assert "revenue.2025" not in kept(entry)[0]


def test_the_same_answer_again_changes_nothing_not_even_who_typed_it(at_the_portal):
    entry = at_the_portal.draft()
    other = agent(at_the_portal.maker, "ke-toan", kind="staff", name="Y Bhăm Niê")
    save(entry, "Ngon", by=at_the_portal.owner)

    save(entry, "Ngon", base="chưa thấy gì", by=other)

    assert Dossier.objects.get(entry=entry).typed["summary"]["name"] == "Nguyễn Thị Hoa"


def test_an_answer_that_another_gave_meanwhile_is_told_and_stays(at_the_portal):
    entry = at_the_portal.draft()
    other = agent(at_the_portal.maker, "ke-toan", kind="staff", name="Y Bhăm Niê")
    save(entry, "Của kế toán", by=other)

    with pytest.raises(ChangedElsewhere) as told:
        save(entry, "Của chủ cơ sở", by=at_the_portal.owner)

    assert (told.value.value, told.value.typed.name) == ("Của kế toán", "Y Bhăm Niê")
    assert kept(entry)[0]["summary"] == "Của kế toán"


def test_without_the_comparison_the_other_answer_would_be_gone(at_the_portal, monkeypatch):
    """A control: what the guard reads is told to be what the page showed."""
    entry = at_the_portal.draft()
    save(entry, "Của kế toán", by=agent(at_the_portal.maker, "ke-toan", kind="staff"))
    monkeypatch.setattr(drafting, "answers_of", lambda dossier, **_: {})

    save(entry, "Của chủ cơ sở", by=at_the_portal.owner)

    assert kept(entry)[0]["summary"] == "Của chủ cơ sở"


def test_two_boxes_of_one_question_do_not_stand_in_each_others_way(at_the_portal):
    entry = at_the_portal.draft()
    other = agent(at_the_portal.maker, "ke-toan", kind="staff")

    save(entry, "7", code="revenue.2024", by=other)
    save(entry, "8", code="revenue.2025", by=at_the_portal.owner)

    assert (kept(entry)[0]["revenue.2024"], kept(entry)[0]["revenue.2025"]) == ("7", "8")


@pytest.mark.parametrize("state", LOCKED)
def test_nothing_is_saved_into_a_dossier_that_is_not_open(at_the_portal, state):
    entry = at_the_portal.draft()
    Entry.objects.filter(pk=entry.pk).update(state=state)

    with pytest.raises(WrongState, match=state.label):
        save(entry, "Ngon", by=at_the_portal.owner)

    assert "summary" not in kept(entry)[0]
    assert kept(entry)[1] == {}


def test_without_the_guard_a_filed_dossier_would_be_edited(at_the_portal, monkeypatch):
    """A control."""
    entry = at_the_portal.filed()
    monkeypatch.setattr(entry_rows, "require_editable", lambda entry: None)

    save(entry, "Sửa sau khi gửi", base=kept(entry)[0]["summary"], by=at_the_portal.owner)

    assert kept(entry)[1] == {"summary": "Sửa sau khi gửi"}


def test_a_closing_date_takes_no_answer_away_but_the_filing_says_when_it_closed_and_whom_to_call(at_the_portal):
    entry, stage = at_the_portal.draft(whole=True), at_the_portal.stage
    filing_is_over(stage)

    save(entry, "Viết tiếp", base=kept(entry)[0]["summary"], by=at_the_portal.owner)
    with pytest.raises(WindowClosed, match=r"đã kết thúc vào .*" + str(stage.officer)):
        submit_entry(entry.pk, is_declared=True, actor=at_the_portal.owner)

    assert kept(entry)[0]["summary"] == "Viết tiếp"
    assert Entry.objects.get().state == EntryState.DRAFT


def test_what_is_no_answer_is_told_and_what_stood_there_stays(at_the_portal):
    entry = at_the_portal.draft()
    save(entry, "12", code="revenue.2025", by=at_the_portal.owner)

    with pytest.raises(BadAnswer, match="không phải là số"):
        save(entry, "ba tỷ", base="12", code="revenue.2025", by=at_the_portal.owner)
    with pytest.raises(DomainError, match="không còn trong mẫu"):
        save(entry, "gì đó", code="khong_co_o_nay", by=at_the_portal.owner)

    assert kept(entry)[0]["revenue.2025"] == "12"
    assert "khong_co_o_nay" not in kept(entry)[0]


def stranger(portal, who):
    from makers import made

    if who == "chu-hang-xom":
        return agent(made(portal.maker.name, "0314409058"), who)
    if who == "chua-duyet":
        return agent(portal.maker, who, approved=False)
    return portal.stage.officer if who == "chuyen-vien" else portal.stage.judges[0]


@pytest.mark.parametrize("who", ["chu-hang-xom", "chua-duyet", "chuyen-vien", "giam-khao"])
def test_nobody_saves_into_a_dossier_that_is_not_theirs(at_the_portal, who):
    entry = at_the_portal.draft()
    browser = at("daklak", stranger(at_the_portal, who))

    assert sent(browser, entry, "Của người ngoài").status_code == 404
    assert "summary" not in kept(entry)[0]


def test_without_the_door_a_stranger_would_write(at_the_portal, monkeypatch):
    """A control."""
    entry = at_the_portal.draft()
    browser = at("daklak", stranger(at_the_portal, "chu-hang-xom"))
    monkeypatch.setattr(doors, "may_fill", lambda person, subject: True)

    assert sent(browser, entry, "Của người ngoài").status_code == 200
    assert kept(entry)[0]["summary"] == "Của người ngoài"


def test_the_page_that_saves_answers_with_what_stands_there_and_whose_it_is(at_the_portal):
    entry = at_the_portal.draft()
    browser = at("daklak", at_the_portal.owner)
    save(entry, "Của kế toán", by=agent(at_the_portal.maker, "ke-toan", kind="staff", name="Y Bhăm Niê"))

    answer = sent(browser, entry, "Của chủ cơ sở")

    assert answer.status_code == 409
    assert (answer.json()["value"], answer.json()["by"]) == ("Của kế toán", "Y Bhăm Niê")
    assert sent(browser, entry, "Của chủ cơ sở", base=answer.json()["value"]).status_code == 200
