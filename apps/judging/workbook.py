"""Where scoring stands (one sheet a line, no mark in it), who scores what, and the conflicts of interest of a round, as
workbooks."""

from collections import Counter
from collections.abc import Iterable, Sequence

from apps.dossiers.models import Entry
from apps.judging.models import Conflict, Sheet
from apps.rounds.models import Appointment, Round
from apps.rounds.queries.handing import product_groups
from tieubieu.spreadsheets import Table, write_table, write_tables

HEADS = ["Mã số bình chọn", "Sản phẩm", "Giám khảo", "Trạng thái", "Khóa lúc", "Chấm bằng"]


def progress_workbook(sheets: Iterable[Sheet]) -> bytes:
    """The sheets that the reader may know of: whose, for what, in which state, locked when."""
    return write_table(Table("Tiến độ chấm", HEADS, [_line(sheet) for sheet in sheets]))


def papers_workbook(sheets: Iterable[Sheet]) -> bytes:
    """The sheets that may be typed from paper, each with how far it has come; no mark is told."""
    rows = [
        [
            sheet.entry.code,
            sheet.entry.name,
            sheet.judge.person.full_name,
            case.get_state_display() if (case := getattr(sheet, "paper_case", None)) else "Chưa nhập",
            case.tries if case else "",
        ]
        for sheet in sheets
    ]
    return write_table(Table("Phiếu giấy", [*HEADS[:3], "Phiếu giấy", "Số lần nhập lại"], rows))


def _line(sheet: Sheet) -> Sequence[object]:
    locked = [sheet.locked_at, sheet.get_origin_display()] if sheet.locked_at else ["", ""]
    return [sheet.entry.code, sheet.entry.name, sheet.judge.person.full_name, sheet.get_state_display(), *locked]


ASSIGNMENT_HEADS = ["Mã số bình chọn", "Sản phẩm", "Nhóm sản phẩm", "Giám khảo", "Trạng thái"]


def assignment_workbook(round: Round, rows: Iterable[tuple[Entry, Appointment, str]]) -> bytes:
    """Who scores what as the reader may know it, and how many sheets each judge has of these."""
    rows = list(rows)
    names = product_groups(round)
    lines = [
        [entry.code, entry.name, names.get(entry.group, entry.group), judge.person.full_name, state]
        for entry, judge, state in rows
    ]
    counts = Counter(judge for _, judge, _ in rows)
    loads = [[judge.person.full_name, count] for judge, count in sorted(counts.items(), key=_by_seat)]
    return write_tables(
        Table("Phân công", ASSIGNMENT_HEADS, lines), Table("Số phiếu", ["Giám khảo", "Số phiếu"], loads)
    )


def _by_seat(counted: tuple[Appointment, int]) -> tuple[int, str]:
    return counted[0].seat, str(counted[0].pk)


CONFLICT_HEADS = [
    "Thành viên", "Cơ sở", "Phạm vi", "Nguồn", "Quan hệ", "Nội dung, dấu hiệu", "Ghi nhận lúc", "Kết quả", "Lý do",
    "Người quyết định", "Quyết định lúc",
]  # fmt: skip


def conflicts_workbook(conflicts: Iterable[Conflict]) -> bytes:
    """Everything that the reader may see, the oldest first."""
    rows = [
        [
            one.person.full_name,
            one.facility.name,
            one.entry.name if one.entry else "Mọi hồ sơ của cơ sở",
            one.get_source_display(),
            one.get_kind_display(),
            one.told,
            one.made_at,
            one.get_state_display(),
            one.decision,
            one.decided_by.full_name if one.decided_by else "",
            one.decided_at,
        ]
        for one in conflicts
    ]
    return write_table(Table("Xung đột lợi ích", CONFLICT_HEADS, rows))
