"""E-mail and telephone of the registration form: kept as typed, told when wrong, and in the way of filing only."""

import json

import pytest
from browsers import at

from apps.dossiers.fieldbook import FieldBook, Kind, national_book
from apps.dossiers.models import Dossier, FormDraft, FormVersion
from apps.dossiers.services import NotComplete, save_answer, submit_entry
from apps.dossiers.services.forms import ensure_form
from tieubieu.audit.models import Event

BAD = "hoa@eakar"
TOLD = "chưa đúng dạng thư điện tử"


@pytest.fixture
def owner(at_the_portal):
    return at("daklak", at_the_portal.owner)


def kept(entry):
    return Dossier.objects.get(entry=entry).registration.get("email")


def typed(client, entry, value, base=""):
    body = json.dumps({"code": "email", "value": value, "base": base})
    return client.post(f"/ho-so/{entry.pk}/luu/", body, content_type="application/json")


def test_the_national_form_asks_for_an_email_and_a_telephone():
    assert (national_book().field("email").kind, national_book().field("phone").kind) == (Kind.EMAIL, Kind.PHONE)


def test_a_wrong_address_is_saved_and_told_at_once_and_a_right_one_says_nothing(at_the_portal, owner):
    entry = at_the_portal.draft()

    wrong = typed(owner, entry, BAD)
    stored = kept(entry)
    right = typed(owner, entry, "hoa@eakar.vn", base=BAD)

    assert (wrong.status_code, wrong.json()["value"], stored) == (200, BAD, BAD)
    assert TOLD in wrong.json()["fault"]
    assert (right.status_code, right.json()["fault"], kept(entry)) == (200, "", "hoa@eakar.vn")


def test_by_a_plain_form_it_is_kept_told_beside_the_box_and_can_be_mended_at_once(at_the_portal, owner):
    entry = at_the_portal.draft()
    page = f"/ho-so/{entry.pk}/buoc/email/"

    refused = owner.post(page, {"email": BAD, "goc.email": ""})
    shown = refused.content.decode()
    mended = owner.post(page, {"email": "hoa@eakar.vn", "goc.email": BAD})

    assert refused.status_code == 422
    assert TOLD in shown
    assert f'value="{BAD}"' in shown
    assert f'name="goc.email" value="{BAD}"' in shown
    assert mended.status_code == 302
    assert kept(entry) == "hoa@eakar.vn"


def test_the_question_and_the_check_page_tell_it_until_it_is_mended(at_the_portal, owner):
    entry = at_the_portal.draft(whole=True)
    pages = [f"/ho-so/{entry.pk}/buoc/email/", f"/ho-so/{entry.pk}/muc/facility/", f"/ho-so/{entry.pk}/kiem-tra/"]
    typed(owner, entry, BAD)

    told = [owner.get(page).content.decode() for page in pages]
    typed(owner, entry, "", base=BAD)
    afterwards = [owner.get(page).content.decode() for page in pages]

    assert [TOLD in page for page in told] == [True] * 3
    assert "Còn 1 mục thiếu hoặc chưa đúng" in told[2]
    assert [TOLD in page for page in afterwards] == [False] * 3


def test_a_dossier_is_not_filed_with_it_and_is_once_it_is_mended(at_the_portal):
    entry = at_the_portal.draft(whole=True)
    save_answer(entry.pk, "email", BAD, base="", actor=at_the_portal.owner)

    with pytest.raises(NotComplete, match="còn 1 mục thiếu hoặc chưa đúng: Thư điện tử"):
        submit_entry(entry.pk, is_declared=True, actor=at_the_portal.owner)
    save_answer(entry.pk, "email", "hoa@eakar.vn", base=BAD, actor=at_the_portal.owner)

    assert submit_entry(entry.pk, is_declared=True, actor=at_the_portal.owner).submitted_at is not None


# --- Forms of an earlier release -----------------------------------------------------------------


def earlier() -> FormVersion:
    """The forms as a province published them when e-mail was a line of text."""
    fields = national_book().as_json()
    for one in fields["fields"]:
        if one["code"] in ("email", "phone"):
            one["kind"] = "text"
    return FormVersion.objects.create(number=1, fields=fields)


def test_a_dossier_begun_under_an_earlier_form_keeps_it_and_a_new_one_begins_under_the_next(at_the_portal):
    old = earlier()
    begun = at_the_portal.draft("Cà phê", whole=True)
    Dossier.objects.filter(entry=begun).update(form=old)
    begun.refresh_from_db()
    save_answer(begun.pk, "email", BAD, base="", actor=at_the_portal.owner)

    new = at_the_portal.draft("Sô-cô-la")

    assert submit_entry(begun.pk, is_declared=True, actor=at_the_portal.owner).submitted_at is not None
    assert new.dossier.form.number == 2
    assert FieldBook.from_json(new.dossier.form.fields).field("email").kind is Kind.EMAIL


def test_the_next_version_comes_once_is_in_the_log_and_takes_what_is_in_work_along(at_the_portal):
    old = earlier()
    draft = FieldBook.from_json(old.fields).with_required("email", True)
    FormDraft.objects.create(fields=draft.as_json(), started_from=1, changed_by=at_the_portal.stage.officer)

    numbers = [ensure_form().number for _ in range(2)]

    in_work = FormDraft.objects.get()
    field = FieldBook.from_json(in_work.fields).field("email")
    assert numbers == [2, 2]
    assert Event.objects.filter(tag="dossiers.form.published").count() == 1
    assert (in_work.started_from, field.kind, field.is_required) == (2, Kind.EMAIL, True)
