"""Workbooks out: one table a sheet, a frozen head, and never a formula made from what somebody typed."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import xlsxwriter
from django.http import HttpResponse
from django.utils import timezone

from tieubieu.ui.words import day, moment

LONGEST_CELL = 32_767
# What a spreadsheet program takes for the beginning of a formula when somebody edits the cell or saves it as CSV.
LIVE = re.compile(r"^[\s\0]*[=+\-@|%{＝＋－＠]|^[\t\r\n]")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Table:
    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[object]]


def write_table(table: Table) -> bytes:
    """Return an .xlsx with the table; text that looks like a formula or a link is text, and stays text when edited."""
    return write_tables(table)


def write_tables(*tables: Table) -> bytes:
    """The same with one sheet a table; sheet names are at most 31 characters and differ."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        quoted = book.add_format({"quote_prefix": True})
        for table in tables:
            _fill(book.add_worksheet(table.name), table, bold, quoted)
    return buffer.getvalue()


def _fill(sheet: Any, table: Table, bold: Any, quoted: Any) -> None:
    for column, head in enumerate(table.heads):
        sheet.write_string(0, column, head, bold)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(len(table.heads) - 1, 0), 24)
    for line, row in enumerate(table.rows, start=1):
        for column, value in enumerate(row):
            _write(sheet, line, column, value, quoted)


def _write(sheet: Any, line: int, column: int, value: object, quoted: Any) -> None:
    """A text is written as one: left to itself the library may make a formula of it. Moments are told as pages tell
    them, in local time."""
    if isinstance(value, datetime):
        value = moment(timezone.localtime(value))
    elif isinstance(value, date):
        value = day(value)
    if not isinstance(value, str):
        sheet.write(line, column, value)
    elif value:
        sheet.write_string(line, column, value[:LONGEST_CELL], quoted if LIVE.match(value) else None)


def attachment(data: bytes, name: str) -> HttpResponse:
    """A download of a workbook; `name` is plain ASCII."""
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
