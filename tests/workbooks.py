"""Facility workbooks as officers send them: made with Excel, mended by hand, or broken."""

import io
import zipfile

import xlsxwriter

HEADS = ["Tên cơ sở", "Loại hình", "Mã số thuế", "Xã, phường, đặc khu", "Địa chỉ", "Người đại diện", "Điện thoại",
         "Thư điện tử"]  # fmt: skip
NAMES = ["name", "kind", "tax_code", "commune_code", "address", "representative", "phone", "email"]
GOOD = ["Hợp tác xã Ea Tu", "Hợp tác xã", "0100233488", "", "Buôn Ea Tu", "H'Hen Niê", "0905000111", "eatu@example.vn"]
YEAR_HEADS = ["Năm số liệu", "Doanh thu (triệu đồng)", "Lao động (người)", "Nộp ngân sách (triệu đồng)",
              "Xuất khẩu (triệu đồng)"]  # fmt: skip


def row(**changes):
    """A good row with some cells changed, named as in the workbook's own reader."""
    return [changes.get(name, value) for name, value in zip(NAMES, GOOD, strict=True)]


def workbook(*rows, heads=HEADS):
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet()
        for line, cells in enumerate([heads, *rows]):
            sheet.write_row(line, 0, cells)
    return buffer.getvalue()


def zipped(**files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def damaged(part, text):
    """A workbook one of whose inner files says something else."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(GOOD))) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, text if name == part else old.read(name))
    return buffer.getvalue()
