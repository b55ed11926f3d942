"""Send one letter; asked for by `services`, done by a worker."""

from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.db.models.functions import Now

from tieubieu.errors import DomainError
from tieubieu.notices.models import Mail, MailState

PERMANENT = 500
LONGEST_ERROR = 2000


class MailRefused(DomainError):
    """The addressee's server will never take this letter."""

    code = "mail_refused"


@dataclass(frozen=True)
class Sender:
    """Whose letter it is, and the address of its pages (`https://daklak.example.vn`)."""

    name: str
    site: str


def send_mail(mail_id: UUID, *, sender: Sender) -> None:
    """Send a waiting letter; one that is sent, given up or in other hands is left alone.

    A worker that dies between sending and saying so sends again: the letter keeps its Message-ID, by which mail
    programs know it. Raises `MailRefused` when trying again is useless, and whatever the connection raises else.
    """
    mail = Mail.objects.get(pk=mail_id)
    waiting = Mail.objects.filter(pk=mail_id, state=MailState.WAITING)
    if not waiting.filter(tries=mail.tries).update(tries=F("tries") + 1):
        return
    try:
        _message(mail, sender).send()
    except (SMTPException, OSError) as error:
        waiting.update(error=_told(error))
        if _is_permanent(error):
            raise MailRefused(f"Máy chủ thư từ chối: {_told(error)}") from error
        raise
    waiting.update(state=MailState.SENT, sent_at=Now(), error="")


def give_up(mail_id: UUID, error: str) -> None:
    """Say that the letter could not be sent, and why."""
    Mail.objects.filter(pk=mail_id, state=MailState.WAITING).update(state=MailState.FAILED, error=error[:LONGEST_ERROR])


def _message(mail: Mail, sender: Sender) -> EmailMessage:
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return EmailMessage(
        subject=mail.subject,
        body=letter(mail, sender),
        from_email=formataddr((sender.name, address)),
        to=[mail.address],
        headers={
            "Message-ID": f"<{mail.pk}@{address.rpartition('@')[2]}>",
            "Auto-Submitted": "auto-generated",
        },
    )


def letter(mail: Mail, sender: Sender) -> str:
    """The whole text: what is told, where to look, and who writes."""
    parts = [mail.body]
    if mail.url:
        parts.append(f"Xem chi tiết: {sender.site}{mail.url}")
    parts.append(f"{sender.name}\n{sender.site}\nThư này được gửi tự động; xin không trả lời vào địa chỉ gửi.")
    return "\n\n".join(parts) + "\n"


def _is_permanent(error: Exception) -> bool:
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= PERMANENT for code, _ in error.recipients.values())
    return isinstance(error, SMTPDataError) and error.smtp_code >= PERMANENT


def _told(error: Exception) -> str:
    if isinstance(error, SMTPRecipientsRefused):
        return "; ".join(f"{code} {_words(text)}" for code, text in error.recipients.values())
    if isinstance(error, SMTPDataError):
        return f"{error.smtp_code} {_words(error.smtp_error)}"
    return f"{type(error).__name__}: {error}"[:LONGEST_ERROR]


def _words(text: bytes | str) -> str:
    return text.decode(errors="replace") if isinstance(text, bytes) else text
