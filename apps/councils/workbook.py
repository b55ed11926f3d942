"""The session's list as a workbook: the same rows as on the page."""

from apps.councils.models import Outcome
from apps.councils.queries.board import Board, Line
from tieubieu.spreadsheets import Table, write_table

HEADS = (
    "Mã số", "Sản phẩm", "Cơ sở", "Nhóm", "Điểm bình quân", "Thứ hạng", "Hội đồng xếp", "Tán thành", "Được biểu quyết",
    "Kết quả", "Mức khen thưởng", "Lý do không chọn",
)  # fmt: skip


def session_workbook(shown: Board) -> bytes:
    """Rows best first within each group; totals stay text so that no digit is lost."""
    return write_table(Table("Họp Hội đồng", HEADS, [_row(line) for line in shown.lines]))


def _row(line: Line) -> list[object]:
    entry, ballot = line.candidate.entry, line.decision.ballot
    is_counted = line.decision.is_selected or line.decision.is_rejected
    return [
        entry.code,
        entry.name,
        entry.facility.name,
        entry.group,
        (line.candidate.total or "").replace(".", ","),
        line.rank or "",
        line.place or "",
        ballot.approve if ballot and is_counted else "",
        ballot.entitled if ballot and is_counted else "",
        Outcome(line.outcome).label if line.outcome else "",
        ballot.tier if ballot and line.decision.is_selected else "",
        line.decision.why_not,
    ]
