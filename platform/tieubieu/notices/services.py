"""Tell a person, write to an address; both in the caller's transaction, and once per key."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models, transaction
from django.db.models.functions import Now

from tieubieu.audit.services import record
from tieubieu.errors import DomainError, WrongState
from tieubieu.lib.text import nfc, short_words
from tieubieu.notices.events import MailEvent
from tieubieu.notices.models import Audience, Mail, MailState, Notice
from tieubieu.outbox.services import emit

__all__ = ["Audience", "Mail", "Notice", "mark_opened", "read_all", "read_notice", "resend", "tell", "write_mail"]

SEND = "notifications.send_mail"
LONGEST_SUBJECT = 200


@transaction.atomic
def tell(
    person: Any,
    *,
    audience: Audience,
    subject: str,
    text: str,
    url: str = "",
    about: models.Model | None = None,
    key: str = "",
    by_mail: bool = True,
) -> Notice:
    """Tell a person in the platform, and by mail when they have an address and `by_mail` is not turned off.

    `url` is a path on this host. Telling the same person again under the same `key` changes nothing and returns the
    first notice. The lines of `text` are kept.
    """
    notice = Notice(
        person=person,
        audience=Audience(audience),
        subject=_one_line(subject),
        text=nfc(text).strip(),
        url=_path(url),
        about_kind=about._meta.label_lower if about is not None else "",
        about_id=str(about.pk) if about is not None else "",
        key=key,
    )
    # ON CONFLICT DO NOTHING: a second telling must not break the caller's transaction.
    Notice.objects.bulk_create([notice], ignore_conflicts=True)
    kept = Notice.objects.get(person=person, key=key) if key else notice
    if by_mail and kept.pk == notice.pk and _has_mail(person):
        _post(Mail(notice=kept, address=person.email, audience=kept.audience, subject=kept.subject, body=kept.text,
                   url=kept.url))  # fmt: skip
    return kept


@transaction.atomic
def write_mail(address: str, *, audience: Audience, subject: str, text: str, url: str = "", key: str = "") -> Mail:
    """Write to somebody without an account. Under the same `key` nothing is written twice; the first is returned.

    Raises `DomainError` for what is no address.
    """
    place = nfc(address).strip()
    if not _is_address(place):
        raise DomainError(f"“{place}” không phải là địa chỉ thư điện tử. Xin kiểm tra lại.", address=place)
    return _post(
        Mail(address=place, audience=Audience(audience), subject=_one_line(subject), body=nfc(text).strip(),
             url=_path(url), key=key)
    )  # fmt: skip


def read_notice(notice: Notice) -> None:
    """Say that it was read; the first time counts."""
    Notice.objects.filter(pk=notice.pk, read_at__isnull=True).update(read_at=Now())


def read_all(person: Any) -> int:
    """Say that the person has read everything; returns how many were unread."""
    return Notice.objects.filter(person=person, read_at__isnull=True).update(read_at=Now())


def mark_opened(mail_id: UUID) -> None:
    """Say that the addressee followed the letter's link; the first time counts. There is no hidden picture."""
    Mail.objects.filter(pk=mail_id, opened_at__isnull=True).update(opened_at=Now())


@transaction.atomic
def resend(mail_id: UUID, *, actor: models.Model) -> Mail:
    """Send a letter once more. Raises `WrongState` while it waits to be sent."""
    mail = Mail.objects.select_for_update(no_key=True).get(pk=mail_id)
    if mail.state == MailState.WAITING:
        raise WrongState("Thư này đang chờ gửi; xin đợi kết quả rồi gửi lại nếu cần.")
    mail.state, mail.error = MailState.WAITING, ""
    mail.save(update_fields=["state", "error"])
    record(MailEvent.RESENT, mail, actor=actor, address=mail.address, subject=mail.subject)
    emit(SEND, mail_id=mail.pk)
    return mail


def _post(mail: Mail) -> Mail:
    mail.key_words()
    Mail.objects.bulk_create([mail], ignore_conflicts=True)
    kept = Mail.objects.get(key=mail.key) if mail.key else mail
    if kept.pk == mail.pk:
        emit(SEND, mail_id=mail.pk)
    return kept


def _has_mail(person: Any) -> bool:
    return _is_address(getattr(person, "email", ""))


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _one_line(text: str) -> str:
    return short_words(text, LONGEST_SUBJECT)


def _path(url: str) -> str:
    """A path of this host and nothing else: a notice never leads away."""
    if url and (not url.startswith("/") or url.startswith(("//", "/\\"))):
        raise ValueError(f"{url!r} is not a path on this host")
    return url
