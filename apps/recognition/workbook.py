"""Who was told which result, as a workbook."""

from collections.abc import Iterable, Sequence

from apps.recognition.queries.publication import Told
from tieubieu.spreadsheets import Table, write_table
from tieubieu.ui.states import find

TOLD_HEADS = [
    "Mã số",
    "Sản phẩm",
    "Cơ sở",
    "Kết quả",
    "Tình trạng",
    "Người được báo",
    "Địa chỉ thư",
    "Báo lúc",
    "Mở lúc",
]


def publication_workbook(rows: Iterable[Told]) -> bytes:
    """One entry a line."""
    return write_table(Table("Báo kết quả", TOLD_HEADS, [_told(row) for row in rows]))


def _told(row: Told) -> Sequence[object]:
    entry = row.entry
    said = [row.people, row.addresses, row.told_at, row.opened_at]
    state = find(row.state, "telling").word
    return [entry.code, entry.name, entry.facility.name, row.selection.get_outcome_display(), state, *said]
