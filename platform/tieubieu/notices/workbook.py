"""The letters as a workbook."""

from collections.abc import Iterable

from tieubieu.notices.models import Mail
from tieubieu.spreadsheets import Table, write_table
from tieubieu.ui.words import moment

HEADS = ["Lập lúc", "Gửi tới", "Địa chỉ", "Tiêu đề", "Trạng thái", "Gửi lúc", "Mở lúc", "Số lần gửi", "Lỗi"]


def mail_workbook(letters: Iterable[Mail]) -> bytes:
    """Every letter on a line."""
    rows = [
        [moment(mail.created_at), mail.get_audience_display(), mail.address, mail.subject, mail.get_state_display(),
         moment(mail.sent_at) if mail.sent_at else "", moment(mail.opened_at) if mail.opened_at else "", mail.tries,
         mail.error]
        for mail in letters
    ]  # fmt: skip
    return write_table(Table("Thư đã gửi", HEADS, rows))
