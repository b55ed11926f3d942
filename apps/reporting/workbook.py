"""The result table as a workbook: the same rows as on the page."""

from collections.abc import Collection
from uuid import UUID

from apps.reporting.queries import result_rows
from apps.rounds.models import Round
from tieubieu.spreadsheets import Table, write_table


def results_workbook(round: Round, without: Collection[UUID] = ()) -> bytes:
    """Rows best first within each group; totals stay text so that no digit is lost."""
    rows = [
        [
            candidate.entry.code,
            candidate.entry.name,
            candidate.entry.facility.name,
            candidate.entry.group,
            (candidate.total or "").replace(".", ","),
            candidate.rank or "",
            "Đạt" if candidate.passed else "Chưa đạt",
            selection.get_outcome_display() if selection else "",
        ]
        for candidate, selection in result_rows(round, without)
    ]
    heads = ["Mã số", "Sản phẩm", "Cơ sở", "Nhóm", "Điểm bình quân", "Thứ hạng", "Chấm điểm", "Hội đồng"]
    return write_table(Table("Kết quả", heads, rows))
