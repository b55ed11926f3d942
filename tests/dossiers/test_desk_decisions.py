"""What is decided from a dossier's page: the button that is out says why, and what was typed is kept."""

from io import BytesIO

import pytest
from browsers import at
from desks import corrected, helper
from django.utils import timezone
from python_calamine import CalamineWorkbook
from stage import filed, person

from apps.accounts.models import Role
from apps.dossiers.models import Entry, Supplement
from apps.dossiers.queries.standing import stamp_of
from apps.dossiers.services import accept_entry, refuse_entry
from apps.dossiers.services.checking import record_check
from apps.dossiers.states import EntryState
from apps.rounds.models import Round
from apps.rounds.states import Phase

pytestmark = pytest.mark.usefixtures("in_daklak")

PLACE = "paper:photo_front"


def page_of(entry, *rest):
    return f"/kiem-tra/{entry.pk}/{''.join(f'{part}/' for part in rest)}"


def test_the_button_is_out_and_says_why_while_something_stands_in_the_way():
    stage = filed()
    entry = stage.entries[0]
    record_check(entry.pk, PLACE, verdict="missing", note="", seen="", actor=stage.officer)
    client = at("daklak", stage.officer)

    words = client.get(page_of(entry)).content.decode()
    refused = client.post(page_of(entry, "tiep-nhan"), {"da-thay": stamp_of(entry)})

    assert "Còn 1 mục kiểm tra thiếu hoặc chưa đúng." in words
    assert f"/kiem-tra/{entry.pk}/tiep-nhan/" not in words
    assert refused.status_code == 422
    assert Entry.objects.get().state == EntryState.SUBMITTED


def test_the_second_officers_refusal_keeps_its_words_and_names_the_first():
    stage = filed()
    entry = stage.entries[0]
    seen = stamp_of(entry)
    accept_entry(entry.pk, actor=person("mot", Role.OFFICER))

    said = {"ly_do": "Sản phẩm là hàng mua về", "da-thay": seen}
    answer = at("daklak", stage.officer).post(page_of(entry, "khong-hop-le"), said)

    words = answer.content.decode()
    assert answer.status_code == 409
    assert "tiếp nhận hồ sơ hợp lệ: Mot" in words
    assert Entry.objects.get().state == EntryState.ACCEPTED


def test_an_empty_reason_is_told_on_the_page():
    stage = filed()

    answer = at("daklak", stage.officer).post(page_of(stage.entries[0], "khong-hop-le"), {"ly_do": " "})

    assert answer.status_code == 422
    assert "Cần ghi rõ lý do" in answer.content.decode()


def test_a_refusal_is_reopened_from_the_page():
    stage = filed()
    entry = refuse_entry(stage.entries[0].pk, reason="Nhầm", actor=stage.officer)
    client = at("daklak", stage.officer)

    assert "Mở lại kết luận" in client.get(page_of(entry)).content.decode()
    client.post(page_of(entry, "mo-lai"), {"ly_do": "Xem lại", "da-thay": stamp_of(entry)})

    assert Entry.objects.get().state == EntryState.SUBMITTED


def test_a_round_past_screening_offers_nothing_and_says_so():
    stage = filed()
    Round.objects.update(phase=Phase.SCORED)

    words = at("daklak", stage.officer).get(page_of(stage.entries[0])).content.decode()

    assert "không còn ở giai đoạn kiểm tra hồ sơ" in words
    assert "Tiếp nhận hồ sơ" not in words


def test_a_dossier_is_given_to_somebody_who_may_screen_it():
    stage = filed()
    entry, client = stage.entries[0], at("daklak", stage.officer)
    other = helper(stage)

    client.post(page_of(entry, "giao"), {"nguoi-kiem-tra": str(other.pk)})
    refused = client.post(page_of(entry, "giao"), {"nguoi-kiem-tra": str(stage.judges[0].pk)})
    mangled = client.post(page_of(entry, "giao"), {"nguoi-kiem-tra": "khong-phai-ma"})

    assert Entry.objects.get().officer == other
    assert (refused.status_code, mangled.status_code) == (422, 422)


# --- Supplements ---------------------------------------------------------------------------------


def ask(client, entry, **said):
    due = timezone.localdate() + timezone.timedelta(days=6)
    words = {"muc": [PLACE], f"sai-{PLACE}": "incorrect", f"ghi-{PLACE}": "Chụp lại", "text": "Xin bổ sung"}
    return client.post(page_of(entry, "bo-sung"), {**words, "due_on": f"{due:%d/%m/%Y}", **said})


def test_a_supplement_is_asked_from_the_page_and_the_next_step_waits():
    stage = filed()
    entry, client = stage.entries[0], at("daklak", stage.officer)

    assert ask(client, entry).status_code == 302

    words = client.get(page_of(entry)).content.decode()
    assert Entry.objects.get().state == EntryState.SUPPLEMENT
    assert "Đang chờ cơ sở bổ sung" in words
    assert "Chụp lại" in words
    assert f"/kiem-tra/{entry.pk}/tiep-nhan/" not in words


def test_what_was_found_lacking_is_chosen_already():
    stage = filed()
    entry = stage.entries[0]
    record_check(entry.pk, PLACE, verdict="missing", note="Thiếu ảnh", seen="", actor=stage.officer)

    lines = at("daklak", stage.officer).get(page_of(entry, "bo-sung")).context["lines"]

    chosen = [(pin["line"].key, pin["wrong"], pin["note"]) for pin in lines if pin["is_chosen"]]
    assert chosen == [(PLACE, "incomplete", "Thiếu ảnh")]


@pytest.mark.parametrize(
    "said",
    [
        {"muc": []},
        {"muc": ["field:khong-co"], "sai-field:khong-co": "incorrect"},
        {"due_on": "31/02/2026"},
        {"due_on": "01/01/2020"},
        {"due_on": ""},
        {"text": "x" * 4001},
        {f"sai-{PLACE}": "chan-qua"},
    ],
)
def test_a_bad_request_keeps_what_was_typed(said):
    stage = filed()
    client = at("daklak", stage.officer)

    answer = ask(client, stage.entries[0], **said)

    assert answer.status_code == 422
    assert "Cần sửa trước khi gửi" in answer.content.decode()
    if "text" not in said:
        assert "Xin bổ sung" in answer.content.decode()
    assert not Supplement.objects.exists()


def test_a_request_on_an_old_page_is_told_with_all_that_was_typed():
    stage = filed()
    entry = stage.entries[0]
    seen = stamp_of(entry)
    refuse_entry(entry.pk, reason="Nhầm", actor=person("mot", Role.OFFICER))

    answer = ask(at("daklak", stage.officer), entry, **{"da-thay": seen})

    words = answer.content.decode()
    assert answer.status_code == 422
    assert "Không hợp lệ" in words
    assert "Chụp lại" in words


def test_a_request_is_taken_back_from_the_page_and_stays_readable():
    stage = filed()
    entry, client = stage.entries[0], at("daklak", stage.officer)
    ask(client, entry)

    client.post(page_of(entry, "bo-sung", "rut"))

    words = client.get(page_of(entry)).content.decode()
    assert Entry.objects.get().state == EntryState.SUBMITTED
    assert "Đã rút lại yêu cầu" in words
    assert "Xin bổ sung" in words


def test_before_and_after_stand_at_each_pinned_place():
    stage = corrected()
    entry = stage.entries[0]

    asking = at("daklak", stage.officer).get(page_of(entry)).context["supplements"][0]

    field, photo = sorted(asking.points, key=lambda mended: mended.point.place)
    assert (field.before.lines, field.after.lines, field.is_changed) == (("Đắng",), ("Đậm",), True)
    assert (photo.before.sheets, len(photo.after.sheets)) == ((), 1)
    assert asking.is_new


def test_a_place_that_the_facility_did_not_touch_is_said_so():
    stage = corrected()
    entry = stage.entries[0]
    last = entry.filings.last()
    last.content = entry.filings.first().content
    last.save()

    assert "không sửa mục này" in at("daklak", stage.officer).get(page_of(entry)).content.decode()


def test_the_history_shows_every_filing_field_by_field():
    stage = corrected()
    entry = stage.entries[0]

    page = at("daklak", stage.officer).get(page_of(entry, "lich-su"))

    newest, oldest = page.context["filings"]
    assert {one.key for one in newest.differences} == {"field:taste", "paper:photo_side"}
    assert oldest.differences == []
    assert "Yêu cầu bổ sung hồ sơ" in page.content.decode()


def test_the_history_leaves_as_a_workbook():
    stage = filed()
    entry = stage.entries[0]
    refuse_entry(entry.pk, reason="Thiếu ảnh", actor=stage.officer)

    book = at("daklak", stage.officer).get(f"/kiem-tra/{entry.pk}/lich-su.xlsx").content

    rows = CalamineWorkbook.from_filelike(BytesIO(book)).get_sheet_by_index(0).to_python()
    assert rows[0] == ["Lúc", "Việc", "Người làm", "Chi tiết"]
    assert rows[1][2:] == [stage.officer.full_name, "Thiếu ảnh"]
