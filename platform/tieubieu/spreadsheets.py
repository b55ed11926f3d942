"""Workbooks out: one table a sheet, a frozen head, and never a formula made from what somebody typed."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter
from django.http import HttpResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Table:
    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[object]]


def write_table(table: Table) -> bytes:
    """Return an .xlsx with the table; text that looks like a formula or a link stays text."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet(table.name)
        sheet.write_row(0, 0, table.heads, book.add_format({"bold": True, "bottom": 1}))
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(len(table.heads) - 1, 0), 24)
        for line, row in enumerate(table.rows, start=1):
            sheet.write_row(line, 0, row)
    return buffer.getvalue()


def attachment(data: bytes, name: str) -> HttpResponse:
    """A download of a workbook; `name` is plain ASCII."""
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
