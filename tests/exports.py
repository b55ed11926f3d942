"""Workbooks as whoever downloaded them reads them."""

import zipfile
from io import BytesIO

from python_calamine import CalamineWorkbook

LIVE_NAME = "=HYPERLINK(1)"


def sheets(answer):
    """The rows of every sheet by its name, heads included; the workbook is a download and none of it computes."""
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    with zipfile.ZipFile(BytesIO(answer.content)) as archive:
        parts = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
    assert not any(b"<f>" in part or b"<f " in part for part in parts)
    book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def words_of(told):
    """Every cell of every sheet, to look for what must not be there."""
    return "\n".join(str(cell) for rows in told.values() for row in rows for cell in row)
