"""Who was told which result, and the complaints of a round, as workbooks."""

from collections.abc import Iterable, Sequence

from apps.recognition.queries.complaints import Line
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


COMPLAINT_HEADS = [
    "Mã biên nhận", "Mã số", "Sản phẩm", "Cơ sở", "Nhận đơn lúc", "Người nộp đơn giấy",
    "Hạn trả lời", "Trạng thái", "Quá hạn", "Tiêu chí bị khiếu nại", "Nội dung",
    "Phiếu chấm lại", "Đã khóa", "Kết luận", "Trả lời", "Số văn bản", "Trả lời lúc",
]  # fmt: skip


def complaints_workbook(lines: Iterable[Line]) -> bytes:
    """One complaint a line."""
    return write_table(Table("Khiếu nại", COMPLAINT_HEADS, [_complaint(line) for line in lines]))


def _complaint(line: Line) -> Sequence[object]:
    one = line.complaint
    entry = one.entry
    filed = [one.code, entry.code, entry.name, entry.facility.name, one.filed_at, one.brought_by]
    stands = [one.due_on, one.get_state_display()]
    said = ["có" if line.is_late else "", line.disputed, one.text, line.assigned, line.locked]
    return [*filed, *stands, *said, one.get_verdict_display(), one.answer, one.answer_number, one.answered_at]
