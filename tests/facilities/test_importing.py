"""Facilities from a workbook: good rows kept, bad ones handed back with their reason, nothing twice."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook
from stage import person
from workbooks import GOOD, HEADS, damaged, row, workbook, zipped

from apps.accounts.models import Role
from apps.facilities.importing import import_facilities
from apps.facilities.models import Facility
from apps.facilities.queries import ground
from apps.facilities.workbook import WorkbookRefused, read_workbook, register_workbook, returned_workbook
from tieubieu.audit.models import Event

pytestmark = pytest.mark.usefixtures("in_daklak")
OTHER = "0314409058"


def bring_in(*rows, heads=HEADS):
    officer = person("nhap", Role.OFFICER)
    return import_facilities(read_workbook(workbook(*rows, heads=heads)), province_code="66", actor=officer)


def cells(data):
    return CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()


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
def test_what_is_no_workbook_is_refused_with_a_remedy(broken):
    """Whatever is broken in it: either it cannot be read, or the columns are not found; never a traceback."""
    with pytest.raises(WorkbookRefused, match=r"lưu lại dạng \.xlsx|Xin dùng tệp mẫu"):
        read_workbook(broken)
    assert not Facility.objects.exists()


@pytest.mark.parametrize("missing", ["Tên cơ sở", "Loại hình", "Mã số thuế", "Địa chỉ"])
def test_a_missing_column_is_named(missing):
    heads = ["Cột khác" if head == missing else head for head in HEADS]

    with pytest.raises(WorkbookRefused, match=f"thiếu cột: {missing}. Xin dùng tệp mẫu"):
        read_workbook(workbook(GOOD, heads=heads))


def test_a_head_is_known_in_any_case_and_without_its_marks():
    heads = [head.upper() for head in HEADS]
    heads[0] = "ten co so"

    assert len(bring_in(GOOD, heads=heads).added) == 1


def test_5000_rows_are_read_and_5001_are_not():
    many = [row(tax_code="")] * 5000

    assert len(read_workbook(workbook(*many))) == 5000
    with pytest.raises(WorkbookRefused, match=r"có 5001 dòng; mỗi lần nhập tối đa 5000 dòng"):
        read_workbook(workbook(*many, GOOD))


def test_a_file_over_10_mb_is_refused_unread():
    with pytest.raises(WorkbookRefused, match="10 MB"):
        read_workbook(b"\x00" * (10 * 1024 * 1024 + 1))


def test_empty_rows_between_are_skipped_and_lines_keep_their_numbers():
    rows = read_workbook(workbook(GOOD, [""] * 8, ["  "], row(tax_code=OTHER)))

    assert [r.line for r in rows] == [2, 5]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"tax_code": "12345"}, "phải có 10, 12 hoặc 13 chữ số; mã đã nhập có 5 chữ số"),
        ({"tax_code": "01002334X8"}, "chỉ gồm chữ số"),
        ({"tax_code": ""}, "Thiếu: Mã số thuế"),
        ({"name": ""}, "Thiếu: Tên cơ sở"),
        ({"kind": "Tập đoàn"}, "“Tập đoàn” không có trong danh mục"),
        ({"email": "khong-phai-thu"}, "“khong-phai-thu” không đúng dạng"),
        ({"address": "x" * 301}, "Địa chỉ dài quá 300 ký tự"),
        ({"name": "x" * 251}, "Tên cơ sở dài quá 250 ký tự"),
        ({"commune_code": "123456"}, "dài quá 5 ký tự"),
        ({"name": "Cơ sở \u202egnod"}, "Tên cơ sở: "),
        ({"address": "Buôn \u0000 Ea Tu"}, "Địa chỉ: "),
    ],
)
def test_a_bad_row_comes_back_with_its_reason_and_the_good_one_is_kept(change, reason):
    done = bring_in(row(tax_code=OTHER, name="Tốt"), row(**change))

    assert [f.name for f in done.added] == ["Tốt"]
    ((refused, told),) = done.refused
    assert reason in told
    assert refused.line == 3


def test_a_code_typed_as_a_number_that_lost_its_first_zero_is_not_guessed():
    """Excel shows 100233488 where 0100233488 was meant; nine digits are nobody's code."""
    done = bring_in(row(tax_code=100233488))

    assert "có 9 chữ số" in done.refused[0][1]


def test_a_code_typed_as_a_number_is_read_as_its_digits():
    done = bring_in(row(tax_code=3144090581), row(tax_code=6001234567890))

    assert done.refused == []
    assert [f.tax_code for f in done.added] == ["3144090581", "6001234567-890"]


def test_the_second_row_with_a_code_comes_back():
    done = bring_in(GOOD, row(name="Khác", tax_code="0100 233 488"))

    assert [f.name for f in done.added] == ["Hợp tác xã Ea Tu"]
    assert "đã có ở một dòng trước trong cùng tệp" in done.refused[0][1]


def test_a_known_code_is_left_as_it_is_and_counted():
    bring_in(GOOD)
    again = import_facilities(
        read_workbook(workbook(row(name="Tên mới"))), province_code="66", actor=person("khac", Role.OFFICER)
    )

    assert (again.added, again.known, again.refused) == ([], 1, [])
    assert Facility.objects.get().name == "Hợp tác xã Ea Tu"
    assert Event.objects.filter(tag="facilities.facility.imported").count() == 1


def test_what_was_brought_in_is_kept_in_its_normal_form():
    bring_in(row(name="  Cơ sở  Ea Tu ", kind="HTX"))

    kept = Facility.objects.get()
    assert (kept.name, kept.kind, kept.province_code) == ("Cơ sở Ea Tu", "cooperative", "66")


def test_an_address_of_two_lines_is_one_line():
    bring_in(row(address="Buôn Ea Tu\nphường Ea Kao"))

    assert Facility.objects.get().address == "Buôn Ea Tu phường Ea Kao"


def test_added_known_and_refused_are_the_rows():
    bring_in(GOOD)

    done = import_facilities(
        read_workbook(workbook(GOOD, row(tax_code=OTHER), row(tax_code="1"), row(kind="?", tax_code="0312687878"))),
        province_code="66",
        actor=person("khac", Role.OFFICER),
    )

    assert (len(done.added), done.known, len(done.refused)) == (1, 1, 2)


def test_the_returned_rows_can_be_mended_and_sent_again():
    done = bring_in(row(tax_code="1", address="=1+1"))

    back = cells(returned_workbook(done.refused))
    assert back[0] == [*HEADS, "Lý do chưa nhập được"]
    assert back[1][2] == "1"
    mended = read_workbook(workbook(row(tax_code=OTHER), heads=[*HEADS, "Lý do chưa nhập được"]))
    assert len(import_facilities(mended, province_code="66", actor=person("k", Role.OFFICER)).added) == 1


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x")', "+84905", "-1+1", "@SUM(A1)", "http://x.vn"])
def test_text_that_looks_like_a_formula_leaves_as_text(text):
    bring_in(row(address=text))

    data = register_workbook(Facility.objects.all(), ground("66"), {})

    assert cells(data)[1][4] == text
    sheet = ZipFile(BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
