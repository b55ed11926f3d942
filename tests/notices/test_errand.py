"""From the letter that asks to the letter that leaves: the errand in its tenant, its retries and its end."""

from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail as post
from django.core.mail.backends.locmem import EmailBackend

from tieubieu.binding import PUBLIC, bound
from tieubieu.celery import app
from tieubieu.notices.models import Audience, Mail, MailState
from tieubieu.notices.services import SEND, write_mail
from tieubieu.outbox.errands import Unaddressed
from tieubieu.outbox.models import Message
from workers import notifications

assert notifications.send_mail  # a worker imports the modules of errands by their names

pytestmark = pytest.mark.usefixtures("in_daklak")
TRIES = 8


@pytest.fixture
def asked():
    write_mail("co-so@example.vn", audience=Audience.FACILITIES, subject="Thư mời", text="Kính gửi cơ sở,")
    with bound(PUBLIC):
        return Message.objects.get(errand=SEND)


def deliver(message, tenant="daklak"):
    app.tasks[SEND](message=str(message.pk), tenant=tenant)


def fresh(message):
    with bound(PUBLIC):
        return Message.objects.get(pk=message.pk)


def failing(monkeypatch, error):
    def send_messages(self, messages):
        raise error

    monkeypatch.setattr(EmailBackend, "send_messages", send_messages)


def test_the_relay_finds_its_queue():
    assert app.tasks[SEND].queue_name == "notifications"


def test_a_delivery_sends_and_a_second_one_does_not(asked):
    deliver(asked)
    deliver(asked)

    assert len(post.outbox) == 1
    assert fresh(asked).done_at is not None
    assert Mail.objects.get().state == MailState.SENT


def test_another_tenant_cannot_have_it_sent(asked):
    with pytest.raises(Unaddressed):
        deliver(asked, tenant="khanhhoa")

    assert post.outbox == []
    assert Mail.objects.get().state == MailState.WAITING


def test_a_broken_line_is_tried_again_until_the_last_try_tells_it(asked, monkeypatch):
    failing(monkeypatch, SMTPServerDisconnected("mất kết nối"))

    for _ in range(TRIES - 1):
        deliver(asked)
        assert Mail.objects.get().state == MailState.WAITING
    deliver(asked)

    letter = Mail.objects.get()
    assert (letter.state, letter.tries) == (MailState.FAILED, TRIES)
    assert "mất kết nối" in letter.error
    assert fresh(asked).failed_at is not None


def test_an_address_that_does_not_exist_is_told_at_once(asked, monkeypatch):
    failing(monkeypatch, SMTPRecipientsRefused({"co-so@example.vn": (550, b"no such user")}))

    deliver(asked)

    letter = Mail.objects.get()
    assert (letter.state, letter.tries) == (MailState.FAILED, 1)
    assert "550 no such user" in letter.error
