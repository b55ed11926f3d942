"""Rounds, the people of a round, and duties as workbooks."""

from collections.abc import Iterable, Mapping

from django.utils import timezone

from apps.rounds.models import Round
from apps.rounds.queries.days import DayLine
from apps.rounds.queries.handing import expertise_in_words, product_groups
from apps.rounds.queries.timeline import Duty
from tieubieu.spreadsheets import Table, write_table, write_tables
from tieubieu.ui.words import day, deadline, moment

ROUND_HEADS = ["Mã kỳ", "Tên kỳ bình chọn", "Cấp", "Địa bàn", "Năm", "Lần", "Giai đoạn", "Số kế hoạch", "Phụ trách"]
SEAT_HEADS = ["Tổ chức", "Thứ tự", "Họ và tên", "Cương vị", "Chức vụ", "Học hàm, học vị", "Đơn vị", "Thư điện tử"]
SEAT_HEADS += ["Chuyên môn"]
CHANGE_HEADS = ["Tổ chức", "Lúc", "Người thôi", "Người vào", "Lý do", "Người ghi"]
WINDOW_HEADS = ["Việc", "Mở", "Đóng", "Người chịu trách nhiệm", "Điện thoại"]
DAY_HEADS = ["Ngày", "Tên", "Loại", "Của", "Ghi chú"]
DUTY_HEADS = ["Kỳ bình chọn", "Bước", "Việc phải làm", "Người chịu trách nhiệm", "Hạn", "Tình trạng"]


def rounds_workbook(rounds: Iterable[Round], areas: Mapping[str, str]) -> bytes:
    """The list of rounds as it is filtered."""
    rows = [
        [
            round.code,
            round.name,
            round.get_level_display(),
            areas.get(round.area_code, round.area_code),
            round.year,
            round.ordinal,
            round.get_phase_display(),
            round.plan_number,
            round.officer.full_name if round.officer else "",
        ]
        for round in rounds
    ]
    return write_table(Table("Kỳ bình chọn", ROUND_HEADS, rows))


def seats_workbook(round: Round) -> bytes:
    """Everybody who sits in the round's bodies, and how the bodies came to be so."""
    seats, names = round.appointments.select_related("person__unit"), product_groups(round)
    rows = [
        [
            seat.get_body_display(),
            seat.seat,
            seat.person.full_name,
            seat.title,
            seat.person.position,
            seat.person.academic_title,
            seat.person.unit.name if seat.person.unit else "",
            seat.person.email,
            expertise_in_words(seat, names),
        ]
        for seat in seats
    ]
    return write_tables(
        Table("Thành viên", SEAT_HEADS, rows), Table("Các lần cử, thay, thôi", CHANGE_HEADS, _changes(round))
    )


def windows_workbook(round: Round) -> bytes:
    """The round's windows with who answers for each."""
    rows = [
        [
            window.get_kind_display(),
            moment(timezone.localtime(window.opens_at)),
            deadline(timezone.localtime(window.closes_at)),
            window.responsible,
            window.officer.phone if window.officer else "",
        ]
        for window in round.windows.select_related("officer")
    ]
    return write_table(Table("Thời hạn", WINDOW_HEADS, rows))


def days_workbook(lines: Iterable[DayLine]) -> bytes:
    """The days of a year that are not as the week has them."""
    rows = [
        [
            day(line.date),
            line.name,
            "Nghỉ" if line.is_off else "Đi làm",
            "Địa phương" if line.local else "Cả nước",
            "Dự kiến" if line.is_provisional else "",
        ]
        for line in lines
    ]
    return write_table(Table("Lịch ngày nghỉ", DAY_HEADS, rows))


def duties_workbook(duties: Iterable[Duty]) -> bytes:
    """Who must do what by when."""
    rows = [
        [
            duty.round.name,
            duty.label,
            duty.task,
            duty.officer.full_name if duty.officer else "",
            deadline(timezone.localtime(duty.due_at)) if duty.due_at else "",
            f"Trễ: {duty.lateness}" if duty.is_late else duty.lateness,
        ]
        for duty in duties
    ]
    return write_table(Table("Việc cần làm", DUTY_HEADS, rows))


def _changes(round: Round) -> list[list[object]]:
    return [
        [
            change.get_body_display(),
            change.changed_at,
            change.left.full_name if change.left else "",
            change.joined.full_name if change.joined else "",
            change.reason,
            change.changed_by.full_name,
        ]
        for change in round.seat_changes.select_related("left", "joined", "changed_by")
    ]
