"""The desk's tables as workbooks."""

from collections.abc import Iterable, Sequence

from django.utils import timezone

from apps.dossiers.fieldbook import Field, FieldBook, Form
from apps.dossiers.models import Entry
from apps.dossiers.queries.desk import Row
from apps.dossiers.queries.history import detail_of
from apps.dossiers.queries.minutes import Minutes, lines_of
from apps.rounds.models import Round
from apps.rounds.rules import group_name
from tieubieu.audit.models import Event
from tieubieu.spreadsheets import Table, write_table, write_tables
from tieubieu.ui import states
from tieubieu.ui.words import day, moment

DESK_HEADS = [
    "Mã số", "Sản phẩm", "Loại", "Nhóm sản phẩm", "Cơ sở", "Mã số thuế", "Xã, phường", "Kỳ bình chọn", "Gửi lúc",
    "Trạng thái", "Kết quả xem", "Đạt", "Thiếu", "Chưa đúng", "Hạn bổ sung", "Quá hạn", "Mới bổ sung",
    "Chủ cơ sở chưa xác nhận", "Người kiểm tra", "Lý do",
]  # fmt: skip
MINUTES_HEADS = [
    "STT", "Mã số", "Sản phẩm", "Nhóm sản phẩm", "Cơ sở", "Địa chỉ", "Gửi lúc", "Kết luận", "Lý do", "Gộp vào bộ",
    "Người kiểm tra",
]  # fmt: skip
FIELD_HEADS = [
    "Mục", "Ô", "Hướng dẫn", "Kiểu", "Đơn vị tính", "Từng năm", "Các ý để chọn", "Bắt buộc", "Của", "Mã ô",
]  # fmt: skip
FORM_SHEETS = {Form.REGISTRATION: "Phụ lục 1", Form.DESCRIPTION: "Phụ lục 2"}


def forms_workbook(book: FieldBook, national: FieldBook) -> bytes:
    """The fields of both forms, a sheet each, in the order in which they are asked."""
    return write_tables(
        *(
            Table(name, FIELD_HEADS, [_field_line(field, book, national) for field in book if field.form is form])
            for form, name in FORM_SHEETS.items()
        )
    )


def desk_workbook(rows: Iterable[Row]) -> bytes:
    """The filtered queue, one dossier a line."""
    return write_table(Table("Hồ sơ", DESK_HEADS, [_desk_line(row) for row in rows]))


def minutes_workbook(round: Round, minutes: Minutes) -> bytes:
    """Every received dossier with its conclusion, and the sums that must reconcile under them."""
    lines: list[Sequence[object]] = [_minutes_line(n, entry) for n, entry in enumerate(lines_of(round), 1)]
    lines += [[], ["", "", "Đã nhận", minutes.received]]
    lines += [["", "", part.state.label, part.count] for part in minutes.parts]
    return write_table(Table("Biên bản kiểm tra", MINUTES_HEADS, lines))


def history_workbook(events: Iterable[tuple[Event, str]]) -> bytes:
    """What happened to one dossier, in the order of the page."""
    lines = [
        [moment(timezone.localtime(event.happened_at)), words, event.actor_name, detail_of(event)]
        for event, words in events
    ]
    return write_table(Table("Lịch sử hồ sơ", ["Lúc", "Việc", "Người làm", "Chi tiết"], lines))


def _desk_line(row: Row) -> Sequence[object]:
    entry, found = row.entry, row.found
    facility = entry.facility
    return [
        entry.code, entry.name, entry.get_kind_display(), group_name(entry.round, entry.group), facility.name,
        facility.tax_code, row.commune, entry.round.name, _at(entry),
        entry.get_state_display(), states.find(row.progress, "desk").word, found["good"], found["missing"],
        found["wrong"], day(row.due_on) if row.due_on else "", _yes(row.is_overdue), _yes(row.is_corrected),
        _yes(row.is_unconfirmed), str(entry.officer or ""), entry.reason,
    ]  # fmt: skip


def _minutes_line(number: int, entry: Entry) -> Sequence[object]:
    return [
        number, entry.code, entry.name, group_name(entry.round, entry.group), entry.facility.name,
        entry.facility.address, _at(entry), entry.get_state_display(), entry.reason,
        entry.merged_into.code if entry.merged_into else "", str(entry.officer or ""),
    ]  # fmt: skip


def _at(entry: Entry) -> str:
    return moment(timezone.localtime(entry.submitted_at)) if entry.submitted_at else ""


def _yes(holds: bool) -> str:
    return "Có" if holds else ""


def _field_line(field: Field, book: FieldBook, national: FieldBook) -> list[object]:
    required = "Có" if field.is_required else "Không"
    return [
        book.section(field.section).label,
        field.label,
        field.help,
        field.kind.label,
        field.unit,
        "Có" if field.is_yearly else "",
        "; ".join(field.choices),
        f"{required}, theo mẫu chung" if national.requires(field.code) else required,
        "Tỉnh" if field.is_own else "Mẫu chung",
        field.code,
    ]
