"""What can happen to mail that a person decides; sending itself is a consequence and recorded in its row."""

from enum import StrEnum

from tieubieu.audit.tags import register


@register
class MailEvent(StrEnum):
    RESENT = "notices.mail.resent"

    @property
    def sentence(self) -> str:
        return "Gửi lại thư"
