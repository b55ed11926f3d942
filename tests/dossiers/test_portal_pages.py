"""The portal as its people click through it, without a script."""

import pytest
from browsers import at
from exports import LIVE_NAME, sheets
from portal import photo

from apps.dossiers.fieldbook import Field, Form, Kind
from apps.dossiers.models import Entry, Paper
from apps.dossiers.services import forms

pytestmark = pytest.mark.usefixtures("in_daklak")


@pytest.fixture
def browser(at_the_portal):
    return at("daklak", at_the_portal.owner)


def page(browser, path, status=200, **data):
    answer = browser.post(path, data) if data else browser.get(path)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def test_the_home_page_offers_the_open_round_with_its_closing_time(browser, at_the_portal):
    shown = page(browser, "/ho-so/")

    assert at_the_portal.stage.round.name in shown
    assert "còn 30 ngày" in shown
    assert f"/ho-so/moi/{at_the_portal.stage.round.pk}/" in shown


def test_three_short_questions_begin_a_dossier(browser, at_the_portal):
    start = f"/ho-so/moi/{at_the_portal.stage.round.pk}/"
    first = browser.get(start)
    assert first["Location"] == f"{start}?co-so={at_the_portal.maker.pk}"
    own = first["Location"]
    assert "Đăng ký một sản phẩm hay một bộ?" in page(browser, own)
    assert "Tên sản phẩm dự bình chọn" in page(browser, f"{own}&cau=loai&loai=mot")
    assert "Trường này là bắt buộc" in page(browser, f"{own}&cau=ten&loai=mot&ten=", 422)
    assert "Sản phẩm thuộc nhóm nào?" in page(browser, f"{own}&cau=ten&loai=mot&ten=Cacao")

    done = browser.post(
        start, {"co-so": at_the_portal.maker.pk, "cau": "nhom", "loai": "mot", "ten": "Cacao", "nhom": "2"}
    )

    entry = Entry.objects.get()
    assert done["Location"] == f"/ho-so/{entry.pk}/"
    assert (entry.name, entry.group, entry.kind, entry.begun_by) == ("Cacao", "2", "product", at_the_portal.owner)
    assert entry.dossier.registration["facility_name"] == at_the_portal.maker.name


def test_every_page_of_a_draft_opens(browser, at_the_portal):
    entry = at_the_portal.draft()

    for path in (
        "",
        "san-pham/",
        "buoc/summary/",
        "buoc/revenue/",
        "muc/business/",
        "anh/",
        "giay-to/",
        "kiem-tra/",
        "trao-doi/",
    ):
        page(browser, f"/ho-so/{entry.pk}/{path}")


def test_an_answer_is_saved_by_a_plain_form_and_leads_to_the_next_question(browser, at_the_portal):
    entry = at_the_portal.draft()

    done = browser.post(f"/ho-so/{entry.pk}/buoc/summary/", {"summary": "Ngon", "goc.summary": ""})

    assert done["Location"] == f"/ho-so/{entry.pk}/buoc/measures/"
    entry.dossier.refresh_from_db()
    assert entry.dossier.description["summary"] == "Ngon"


def test_a_complete_draft_is_checked_declared_and_sent_for_a_receipt(browser, at_the_portal):
    entry = at_the_portal.draft(whole=True)

    shown = page(browser, f"/ho-so/{entry.pk}/kiem-tra/")
    assert "Còn thiếu" not in shown
    done = browser.post(f"/ho-so/{entry.pk}/gui/", {"lan": "1", "cam-ket": "1"})

    filing = entry.filings.get()
    assert done["Location"] == f"/ho-so/bien-nhan/{filing.receipt_code}/"
    assert filing.receipt_code in page(browser, done["Location"])
    assert "Đã gửi" in page(browser, "/ho-so/")


def test_a_photo_is_handed_in_by_a_plain_form_and_shown(browser, at_the_portal):
    entry = at_the_portal.draft()

    done = browser.post(f"/ho-so/{entry.pk}/tep/", {"muc": "photo_front", "tep": photo()})

    assert done["Location"] == f"/ho-so/{entry.pk}/anh/#muc-photo_front"
    paper = Paper.objects.get()
    assert str(paper.pk) in page(browser, f"/ho-so/{entry.pk}/anh/")
    file = browser.get(f"/ho-so/{entry.pk}/tep/{paper.pk}/?co=thumb")
    assert (file.status_code, file["Content-Type"]) == (200, "image/jpeg")


def test_the_forms_leave_as_a_sheet_each_with_the_draft_in_work(browser, at_the_portal):
    officer = at("daklak", at_the_portal.stage.officer)
    own = Field("women", Form.REGISTRATION, "business", LIVE_NAME, Kind.WHOLE, "Ví dụ: 9.", unit="người")
    forms.add_field(own, actor=at_the_portal.stage.officer)

    told = sheets(officer.get("/ho-so/mau/mau-ho-so.xlsx"))

    assert list(told) == ["Phụ lục 1", "Phụ lục 2"]
    assert [line[1:] for line in told["Phụ lục 1"] if line[-1] == "women"] == [
        [LIVE_NAME, "Ví dụ: 9.", "Số nguyên", "người", "", "", "Không", "Tỉnh", "women"]
    ]
    assert len(told["Phụ lục 1"]) + len(told["Phụ lục 2"]) == 2 + len(list(forms.book_in_work()))
    assert browser.get("/ho-so/mau/mau-ho-so.xlsx").status_code == 404


def test_the_form_editor_opens_for_an_officer_alone(browser, at_the_portal):
    officer = at("daklak", at_the_portal.stage.officer)

    for path in ("mau/", "mau/them/", "mau/xem-truoc/", "giup/", "giup/?tim=hop"):
        page(officer, f"/ho-so/{path}")
        page(browser, f"/ho-so/{path}", 404)
