"""A letter leaves once, says whose it is, and what goes wrong is told."""

from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail as post
from django.core.mail.backends.locmem import EmailBackend

from tenants.gateways import site_of
from tieubieu.notices.models import Audience, Mail, MailState
from tieubieu.notices.sending import MailRefused, Sender, give_up, send_mail
from tieubieu.notices.services import write_mail
from workers import notifications

pytestmark = pytest.mark.usefixtures("in_daklak")
SENDER = Sender("Sở Công Thương tỉnh Đắk Lắk", "https://daklak.example.vn")


@pytest.fixture
def letter():
    return write_mail(
        "co-so@example.vn",
        audience=Audience.FACILITIES,
        subject="Mời tham gia bình chọn",
        text="Kính gửi cơ sở,",
        url="/van-dong/1/",
    )


def now(letter):
    return Mail.objects.get(pk=letter.pk)


def test_a_letter_says_whose_it_is_and_where_to_look(letter):
    send_mail(letter.pk, sender=SENDER)

    [sent] = post.outbox
    assert sent.to == ["co-so@example.vn"]
    assert sent.from_email.endswith("<khong-tra-loi@localhost>")
    assert sent.extra_headers["Message-ID"] == f"<{letter.pk}@localhost>"
    assert "https://daklak.example.vn/van-dong/1/" in sent.body
    assert "Sở Công Thương tỉnh Đắk Lắk" in sent.body
    assert str(sent.message()["From"]).count("@") == 1
    assert (now(letter).state, now(letter).tries, now(letter).sent_at is not None) == (MailState.SENT, 1, True)


def test_the_errand_done_twice_sends_once(letter, daklak):
    notifications.send_mail(mail_id=str(letter.pk))
    notifications.send_mail(mail_id=str(letter.pk))

    assert len(post.outbox) == 1
    assert site_of(daklak) + "/van-dong/1/" in post.outbox[0].body
    assert daklak.authority in post.outbox[0].body


def test_two_workers_at_once_send_once(letter, monkeypatch):
    """The second reads the letter before the first has taken it."""
    stale = now(letter)
    send_mail(letter.pk, sender=SENDER)
    Mail.objects.update(state=MailState.WAITING)
    monkeypatch.setattr(Mail.objects, "get", lambda **place: stale)

    send_mail(letter.pk, sender=SENDER)

    assert len(post.outbox) == 1


def failing(monkeypatch, error):
    def send_messages(self, messages):
        raise error

    monkeypatch.setattr(EmailBackend, "send_messages", send_messages)


def test_a_line_that_breaks_is_told_and_tried_again(letter, monkeypatch):
    failing(monkeypatch, SMTPServerDisconnected("mất kết nối"))

    with pytest.raises(SMTPServerDisconnected):
        send_mail(letter.pk, sender=SENDER)

    assert (now(letter).state, now(letter).tries) == (MailState.WAITING, 1)
    assert "mất kết nối" in now(letter).error
    monkeypatch.undo()
    send_mail(letter.pk, sender=SENDER)
    assert (now(letter).state, now(letter).tries, now(letter).error) == (MailState.SENT, 2, "")


def test_an_address_that_is_refused_for_good_is_not_tried_again(letter, monkeypatch):
    failing(monkeypatch, SMTPRecipientsRefused({"co-so@example.vn": (550, b"no such user")}))

    with pytest.raises(MailRefused, match="550 no such user"):
        send_mail(letter.pk, sender=SENDER)


def test_an_address_that_is_refused_for_now_is_tried_again(letter, monkeypatch):
    failing(monkeypatch, SMTPRecipientsRefused({"co-so@example.vn": (450, b"greylisted")}))

    with pytest.raises(SMTPRecipientsRefused):
        send_mail(letter.pk, sender=SENDER)


def test_a_letter_given_up_is_told_and_a_sent_one_stays_sent(letter):
    notifications._say_failed("550 no such user", mail_id=str(letter.pk))

    assert (now(letter).state, now(letter).error) == (MailState.FAILED, "550 no such user")
    Mail.objects.update(state=MailState.SENT)
    give_up(letter.pk, "muộn")
    assert now(letter).state == MailState.SENT
