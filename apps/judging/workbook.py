"""Where scoring stands, as a workbook: one sheet a line, no mark in it."""

from collections.abc import Iterable, Sequence

from apps.judging.models import Sheet
from tieubieu.spreadsheets import Table, write_table

HEADS = ["Mã số bình chọn", "Sản phẩm", "Giám khảo", "Trạng thái", "Khóa lúc", "Chấm bằng"]


def progress_workbook(sheets: Iterable[Sheet]) -> bytes:
    """The sheets that the reader may know of: whose, for what, in which state, locked when."""
    return write_table(Table("Tiến độ chấm", HEADS, [_line(sheet) for sheet in sheets]))


def _line(sheet: Sheet) -> Sequence[object]:
    locked = [sheet.locked_at, sheet.get_origin_display()] if sheet.locked_at else ["", ""]
    return [sheet.entry.code, sheet.entry.name, sheet.judge.person.full_name, sheet.get_state_display(), *locked]
