"""Facilities from a workbook: good rows kept, bad ones handed back with their reason, nothing twice."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from makers import CACAO, EA_KAO, made, merged
from python_calamine import CalamineWorkbook
from stage import person
from workbooks import GOOD, HEADS, YEAR_HEADS, damaged, row, workbook, zipped

from apps.accounts.models import Role
from apps.facilities.importing import KEPT, confirm_import, own_batches, preview, stage_workbook
from apps.facilities.models import Facility, FacilityYear, ImportBatch
from apps.facilities.queries import ground
from apps.facilities.workbook import (
    COLUMNS,
    WorkbookRefused,
    read_workbook,
    register_workbook,
    returned_workbook,
)
from tieubieu.audit.models import Event
from tieubieu.audit.queries import events_of
from tieubieu.errors import DomainError, WrongState

pytestmark = pytest.mark.usefixtures("in_daklak")
OTHER = "0314409058"


@pytest.fixture
def officer():
    return person("nhap", Role.OFFICER)


def staged(officer, *rows, heads=HEADS):
    return stage_workbook(SimpleUploadedFile("danh-sach.xlsx", workbook(*rows, heads=heads)), actor=officer)


def seen(officer, *rows, heads=HEADS):
    return preview(staged(officer, *rows, heads=heads), ground("66"))


def bring_in(officer, *rows, heads=HEADS, is_updating=False):
    batch = staged(officer, *rows, heads=heads)
    return confirm_import(batch.pk, ground("66"), is_updating=is_updating, actor=officer)


def cells(data):
    return CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()


# --- The file as a whole -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"khong phai bang tinh",
        b"\x00\xff" * 500,
        zipped(**{"doc.txt": "khong phai bang tinh"}),
        workbook(GOOD)[:1500],
        workbook(GOOD)[:-40],
        damaged("xl/workbook.xml", "<workbook>"),
        damaged("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row"),
        damaged("xl/worksheets/sheet1.xml", ""),
        damaged("xl/_rels/workbook.xml.rels", "<Relationships/>"),
        damaged("xl/sharedStrings.xml", "<sst/>"),
    ],
    ids=range(11),
)
def test_what_is_no_workbook_is_refused_with_a_remedy_and_nothing_is_staged(officer, broken):
    """Whatever is broken in it: either it cannot be read, or the columns are not found; never a traceback."""
    with pytest.raises(DomainError, match=r"[Xx]in "):
        stage_workbook(SimpleUploadedFile("hong.xlsx", broken), actor=officer)
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize("missing", ["Tên cơ sở", "Loại hình", "Mã số thuế", "Địa chỉ"])
def test_a_missing_column_is_named(missing):
    heads = ["Cột khác" if head == missing else head for head in HEADS]

    with pytest.raises(WorkbookRefused, match=f"thiếu cột: {missing}. Xin dùng tệp mẫu"):
        read_workbook(workbook(GOOD, heads=heads))


def test_a_head_is_known_in_any_case_without_its_marks_and_under_its_old_name(officer):
    heads = [head.upper() for head in HEADS]
    heads[0], heads[3] = "ten co so", "Mã xã, phường, đặc khu"

    found = seen(officer, row(commune_code=EA_KAO), heads=heads)

    assert found.new[0][1].values["commune_code"] == EA_KAO


def test_5000_rows_are_read_and_5001_are_not():
    many = [row(tax_code="")] * 5000

    assert len(read_workbook(workbook(*many))) == 5000
    with pytest.raises(WorkbookRefused, match=r"có 5001 dòng; mỗi lần nhập tối đa 5000 dòng"):
        read_workbook(workbook(*many, GOOD))


def test_a_workbook_of_heads_alone_is_told():
    with pytest.raises(WorkbookRefused, match="chưa có dòng nào"):
        read_workbook(workbook())


def test_empty_rows_between_are_skipped_and_lines_keep_their_numbers():
    rows = read_workbook(workbook(GOOD, [""] * 8, ["  "], row(tax_code=OTHER)))

    assert [r.line for r in rows] == [2, 5]


# --- Row by row --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"tax_code": "12345"}, "phải có 10, 12 hoặc 13 chữ số; mã đã nhập có 5 chữ số"),
        ({"tax_code": "01002334X8"}, "chỉ gồm chữ số"),
        ({"tax_code": ""}, "Thiếu: Mã số thuế"),
        ({"name": ""}, "Thiếu: Tên cơ sở"),
        ({"kind": "Tập đoàn"}, "“Tập đoàn” không có trong danh mục"),
        ({"email": "khong-phai-thu"}, "“khong-phai-thu” không đúng dạng"),
        ({"phone": "12-34"}, "“12-34” không đúng dạng"),
        ({"address": "x" * 301}, "Địa chỉ dài quá 300 ký tự"),
        ({"name": "x" * 251}, "Tên cơ sở dài quá 250 ký tự"),
        ({"commune_code": "123456"}, "Không có xã, phường, đặc khu “123456” ở Tỉnh Đắk Lắk"),
        ({"commune_code": "Hải Châu"}, "Không có xã, phường, đặc khu “Hải Châu”"),
        ({"name": "Cơ sở \u202egnod"}, "Tên cơ sở: "),
        ({"address": "Buôn \u0000 Ea Tu"}, "Địa chỉ: "),
    ],
)
def test_a_bad_row_comes_back_with_its_reason_and_the_good_one_is_kept(officer, change, reason):
    done = bring_in(officer, row(tax_code=OTHER, name="Tốt"), row(**change))

    assert [f.name for f in Facility.objects.all()] == ["Tốt"]
    ((line, _, told),) = done.refused
    assert reason in told
    assert line == 3


@pytest.mark.parametrize("typed", ["24169", "Phường Ea Kao", "ea kao", "PHUONG EA KAO"])
def test_a_commune_is_typed_as_its_code_or_its_name(officer, typed):
    bring_in(officer, row(commune_code=typed))

    assert Facility.objects.get().commune_code == EA_KAO


def test_a_code_typed_as_a_number_that_lost_its_first_zero_is_not_guessed(officer):
    """Excel shows 100233488 where 0100233488 was meant; nine digits are nobody's code."""
    assert "có 9 chữ số" in seen(officer, row(tax_code=100233488)).refused[0][1]


def test_a_code_typed_as_a_number_is_read_as_its_digits(officer):
    done = bring_in(officer, row(tax_code=3144090581), row(tax_code=6001234567890))

    assert done.refused == []
    assert set(Facility.objects.values_list("tax_code", flat=True)) == {"3144090581", "6001234567-890"}


def test_the_second_row_with_a_code_comes_back(officer):
    found = seen(officer, GOOD, row(name="Khác", tax_code="0100 233 488"))

    assert "đã có ở dòng 2 trong cùng tệp" in found.refused[0][1]


def test_what_was_brought_in_is_kept_in_its_normal_form(officer):
    bring_in(officer, row(name="  Cơ sở  Ea Tu ", kind="HTX", phone="+84 905 000 111"))

    kept = Facility.objects.get()
    assert (kept.name, kept.kind, kept.province_code, kept.phone) == ("Cơ sở Ea Tu", "cooperative", "66", "0905000111")


def test_an_address_of_two_lines_is_one_line(officer):
    bring_in(officer, row(address="Buôn Ea Tu\nphường Ea Kao"))

    assert Facility.objects.get().address == "Buôn Ea Tu phường Ea Kao"


# --- Beside the register -----------------------------------------------------------------------------


def test_the_rows_are_new_same_different_or_refused_and_add_up(officer):
    made("Hợp tác xã Ea Tu", address="Buôn Ea Tu", representative="H'Hen Niê", phone="0905000111",
         email="eatu@example.vn")  # fmt: skip
    made("Cơ sở hai", OTHER, address="Buôn Cũ")

    found = seen(
        officer, GOOD, row(tax_code=OTHER, name="Cơ sở hai", phone=""), row(tax_code="0312687878"), row(tax_code="1")
    )

    assert [len(part) for part in (found.new, found.same, found.different, found.refused)] == [1, 1, 1, 1]
    assert found.different[0].changes == {
        "address": ["Buôn Cũ", "Buôn Ea Tu"],
        "representative": ["", "H'Hen Niê"],
        "email": ["", "eatu@example.vn"],
    }
    assert Facility.objects.count() == 2


def test_looking_changes_nothing_and_confirming_twice_does_nothing_twice(officer):
    batch = staged(officer, GOOD)
    preview(batch, ground("66"))
    assert not Facility.objects.exists()

    first = confirm_import(batch.pk, ground("66"), is_updating=True, actor=officer)
    again = confirm_import(batch.pk, ground("66"), is_updating=True, actor=officer)

    assert first.outcome == again.outcome == {"added": 1, "updated": 0, "kept": 0, "refused": 0}
    assert Event.objects.filter(tag="facilities.facility.imported").count() == 1


@pytest.mark.parametrize("is_updating", [True, False])
def test_what_is_known_and_differs_changes_only_when_asked(officer, is_updating):
    maker = made("Tên cũ", phone="0905000999", contact_name="Người liên hệ cũ")

    done = bring_in(officer, row(phone=""), is_updating=is_updating)

    maker.refresh_from_db()
    assert maker.name == ("Hợp tác xã Ea Tu" if is_updating else "Tên cũ")
    assert (maker.phone, maker.contact_name) == ("0905000999", "Người liên hệ cũ")  # an empty cell erases nothing
    assert maker.version == (2 if is_updating else 1)
    assert done.outcome == {"added": 0, "updated": int(is_updating), "kept": int(not is_updating), "refused": 0}
    found = events_of(maker).filter(tag="facilities.facility.revised").values_list("facts", flat=True)
    assert [facts["changes"]["name"] for facts in found] == [["Tên cũ", "Hợp tác xã Ea Tu"]] * is_updating
    assert Facility.objects.filter(name_folded="hop tac xa ea tu").exists() == is_updating


def test_a_code_of_a_facility_that_was_merged_away_comes_back(officer):
    merged(made("Đã gộp"), made(CACAO, OTHER))

    assert seen(officer, GOOD).refused[0][1] == f"Mã số thuế này thuộc cơ sở đã gộp vào {CACAO}."


def test_what_changed_between_looking_and_confirming_is_seen_when_confirming(officer):
    batch = staged(officer, GOOD)
    assert len(preview(batch, ground("66")).new) == 1
    made("Ghi trước một phút")

    done = confirm_import(batch.pk, ground("66"), is_updating=False, actor=officer)

    assert done.outcome == {"added": 0, "updated": 0, "kept": 1, "refused": 0}


# --- Figures -----------------------------------------------------------------------------------------

WITH_YEAR = [*HEADS, *YEAR_HEADS]


def test_the_figures_of_a_year_come_along(officer):
    bring_in(officer, [*GOOD, 2025, 12500.5, 45, "", "0"], heads=WITH_YEAR)

    kept = FacilityYear.objects.get()
    assert (kept.year, kept.revenue, kept.workers, kept.taxes, kept.exports) == (2025, Decimal("12500.5"), 45, None, 0)
    assert [e.tag for e in events_of(kept.facility)][-1] == "facilities.figures.entered"


def test_figures_of_a_known_year_differ_or_are_the_same(officer):
    bring_in(officer, [*GOOD, 2025, 12500.5, 45, "", "0"], heads=WITH_YEAR)

    same = seen(officer, [*GOOD, 2025, "12500,50", 45, "", ""], heads=WITH_YEAR)
    other = [*GOOD, 2025, "13000", 45, "7,5", ""]
    bring_in(officer, other, heads=WITH_YEAR, is_updating=True)

    assert len(same.same) == 1
    kept = FacilityYear.objects.get()
    assert (kept.revenue, kept.taxes, kept.exports, kept.version) == (Decimal(13000), Decimal("7.5"), 0, 2)


@pytest.mark.parametrize(
    ("figures", "reason"),
    [
        (["", 5, "", "", ""], "Có số liệu nhưng thiếu: Năm số liệu"),
        ([1999, 5, "", "", ""], "phải là số nguyên từ 2000"),
        ([2999, 5, "", "", ""], "phải là số nguyên từ 2000"),
        ([2025, "năm tỷ", "", "", ""], "không phải là số"),
        ([2025, "-5", "", "", ""], "không phải là số"),
        ([2025, "1.500", "", "", ""], "hai cách"),
        ([2025, "1,555", "", "", ""], "quá 2 chữ số"),
        ([2025, "", "1,5", "", ""], "phải là số nguyên"),
        ([2025, 5, "", "", 6], "Xuất khẩu lớn hơn doanh thu"),
    ],
)
def test_figures_that_cannot_be_send_the_row_back(officer, figures, reason):
    assert reason in seen(officer, [*GOOD, *figures], heads=WITH_YEAR).refused[0][1]


# --- Whose, and until when ---------------------------------------------------------------------------


def test_an_upload_is_its_uploaders_alone(officer):
    batch, other = staged(officer, GOOD), person("khac", Role.OFFICER)

    assert batch not in own_batches(other)
    with pytest.raises(ImportBatch.DoesNotExist):
        confirm_import(batch.pk, ground("66"), is_updating=False, actor=other)


def test_an_upload_of_yesterday_has_expired(officer):
    batch = staged(officer, GOOD)
    ImportBatch.objects.update(uploaded_at=timezone.now() - KEPT - timedelta(minutes=1))

    with pytest.raises(WrongState, match="quá hạn"):
        confirm_import(batch.pk, ground("66"), is_updating=False, actor=officer)
    assert batch not in own_batches(officer)
    assert not Facility.objects.exists()


# --- Out again ---------------------------------------------------------------------------------------


def test_the_returned_rows_can_be_mended_and_sent_again(officer):
    refused = seen(officer, row(tax_code="1", address="=1+1")).refused

    back = cells(returned_workbook(refused))

    assert back[0] == [*COLUMNS.values(), "Lý do chưa nhập được"]
    assert back[1][2] == "1"
    back[1][2] = OTHER
    assert bring_in(officer, back[1], heads=back[0]).outcome["added"] == 1


def test_the_register_as_exported_comes_back_as_the_same(officer):
    maker = made(CACAO, kind="company", phone="0905000111", website="https://cacao.vn", contact_name="H'Hen Niê")
    figures = FacilityYear.objects.create(facility=maker, year=2025, revenue="12500.5", workers=3)
    heads, *rows = cells(register_workbook(Facility.objects.all(), ground("66"), {maker.pk: figures}))

    found = seen(officer, *rows, heads=heads)

    assert [known.all_changes for known in found.same] == [{}]


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x")', "+84905", "-1+1", "@SUM(A1)", "http://x.vn"])
def test_text_that_looks_like_a_formula_leaves_as_text(officer, text):
    bring_in(officer, row(address=text))

    data = register_workbook(Facility.objects.all(), ground("66"), {})

    assert cells(data)[1][4] == text
    sheet = ZipFile(BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet


# --- How it grows ------------------------------------------------------------------------------------


def rows_of(count):
    return [
        [f"Cơ sở {n}", "Hộ kinh doanh", f"{n:010}", "Ea Kao", f"Thôn {n}", "", "", "", 2025, 100 + n, n % 50, "", 0]
        for n in range(1000, 1000 + count)
    ]


def asked_to_bring_in(officer, count):
    """How many questions it takes to look at so many new facilities and to confirm them."""
    with CaptureQueriesContext(connection) as asked:
        batch = staged(officer, *rows_of(count), heads=WITH_YEAR)
        found = preview(batch, ground("66"))
        done = confirm_import(batch.pk, ground("66"), is_updating=True, actor=officer)
    assert len(found.new) == done.outcome["added"] == count
    return len(asked)


@pytest.mark.parametrize(("count", "questions"), [(3, 36), (5000, 72)])  # written by batches
def test_five_thousand_rows_are_brought_in_by_a_handful_of_questions(officer, count, questions):
    assert asked_to_bring_in(officer, count) == questions
    assert Facility.objects.count() == FacilityYear.objects.count() == count
    assert Event.objects.filter(tag="facilities.facility.imported").count() == count
