"""The letters as a workbook."""

from collections.abc import Iterable

from tieubieu.notices.models import Mail
from tieubieu.spreadsheets import Table, write_table

HEADS = ["Lập lúc", "Gửi tới", "Địa chỉ", "Tiêu đề", "Trạng thái", "Gửi lúc", "Mở lúc", "Số lần gửi", "Lỗi"]


def mail_workbook(letters: Iterable[Mail]) -> bytes:
    """Every letter on a line."""
    rows = [
        [
            mail.created_at,
            mail.get_audience_display(),
            mail.address,
            mail.subject,
            mail.get_state_display(),
            mail.sent_at,
            mail.opened_at,
            mail.tries,
            mail.error,
        ]
        for mail in letters
    ]
    return write_table(Table("Thư đã gửi", HEADS, rows))
