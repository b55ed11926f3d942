"""Telling: once per key, in the caller's transaction, by mail too when there is an address."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import F
from stage import person

from apps.accounts.models import Person
from tenants.gateways import inside
from tieubieu.audit.models import Event
from tieubieu.binding import PUBLIC, bound
from tieubieu.errors import DomainError, WrongState
from tieubieu.notices.models import Audience, Mail, MailState, Notice
from tieubieu.notices.queries import mails, notices_of, unread_count
from tieubieu.notices.services import SEND, mark_opened, read_all, read_notice, resend, tell, write_mail
from tieubieu.outbox.models import Message

pytestmark = pytest.mark.usefixtures("in_daklak")
WORDS = {"audience": Audience.FACILITIES, "subject": "Yêu cầu bổ sung", "text": "Thiếu ảnh mặt sau.\nHạn: 05/01/2026."}


def somebody(email="co-so@example.vn", login="chu-co-so"):
    who = person(login)
    Person.objects.filter(pk=who.pk).update(email=email)
    who.email = email
    return who


def asked():
    with bound(PUBLIC):
        return [message.args["mail_id"] for message in Message.objects.filter(errand=SEND)]


def test_a_person_is_told_here_and_by_mail():
    who = somebody()

    notice = tell(who, **WORDS, url="/ho-so/1/", about=who)

    mail = Mail.objects.get()
    assert list(notices_of(who)) == [notice]
    assert (notice.about_kind, notice.about_id) == ("accounts.person", str(who.pk))
    assert (mail.notice, mail.address, mail.audience) == (notice, "co-so@example.vn", "facilities")
    assert (mail.subject, mail.body, mail.url) == (notice.subject, notice.text, "/ho-so/1/")
    assert asked() == [str(mail.pk)]


@pytest.mark.parametrize("email", ["", "khong phai thu"])
def test_a_person_without_an_address_is_told_only_here(email):
    who = somebody(email)

    tell(who, **WORDS)

    assert unread_count(who) == 1
    assert not Mail.objects.exists()
    assert asked() == []


def test_telling_twice_under_one_key_is_telling_once():
    who = somebody()

    first, second = tell(who, **WORDS, key="bo-sung:1"), tell(who, **WORDS | {"text": "khác"}, key="bo-sung:1")

    assert first == second
    assert (Notice.objects.count(), Mail.objects.count(), len(asked())) == (1, 1, 1)


def test_a_key_is_the_persons_own_and_no_key_is_no_key():
    one, other = somebody(), somebody(login="nguoi-khac")

    for who in (one, other):
        tell(who, **WORDS, key="bo-sung:1")
        tell(who, **WORDS)
        tell(who, **WORDS)

    assert Notice.objects.count() == 6


def test_what_is_taken_back_told_nobody():
    who = somebody()

    with transaction.atomic():
        tell(who, **WORDS, key="bo-sung:1")
        transaction.set_rollback(True)

    assert (Notice.objects.count(), Mail.objects.count(), asked()) == (0, 0, [])
    assert tell(who, **WORDS, key="bo-sung:1")


def test_who_has_no_account_is_written_to_once_per_key():
    first = write_mail("moi@example.vn", **WORDS, key="moi:1")
    second = write_mail("moi@example.vn", **WORDS, key="moi:1")

    assert first == second
    assert asked() == [str(first.pk)]


@pytest.mark.parametrize("address", ["", "a@", "a b@example.vn", "a@example.vn\nBcc: b@example.vn"])
def test_what_is_no_address_is_told(address):
    with pytest.raises(DomainError, match="không phải là địa chỉ thư"):
        write_mail(address, **WORDS)

    assert not Mail.objects.exists()


def test_a_subject_is_one_line_of_bounded_length():
    mail = write_mail("a@example.vn", **WORDS | {"subject": "Dòng một\r\nBcc: la@example.vn " + "dài " * 100})

    assert "\n" not in mail.subject
    assert "\r" not in mail.subject
    assert len(mail.subject) <= 200


@pytest.mark.parametrize("url", ["https://la.example", "//la.example", "/\\la.example", "ho-so/1/"])
def test_a_notice_leads_nowhere_but_here(url):
    with pytest.raises(ValueError, match="not a path"):
        tell(somebody(), **WORDS, url=url)


def test_an_audience_must_be_said():
    who = somebody()

    with pytest.raises(ValueError, match="everybody"):
        tell(who, **WORDS | {"audience": "everybody"})
    with pytest.raises(TypeError):
        tell(who, subject="a", text="b")


def test_reading_counts_the_first_time_and_only_for_its_reader():
    one, other = somebody(), somebody(login="nguoi-khac")
    notice = tell(one, **WORDS)
    tell(other, **WORDS)

    read_notice(notice)
    first = Notice.objects.get(pk=notice.pk).read_at
    read_notice(notice)

    assert first is not None
    assert Notice.objects.get(pk=notice.pk).read_at == first
    assert (unread_count(one), unread_count(other)) == (0, 1)
    assert read_all(other) == 1
    assert unread_count(other) == 0


def test_unread_stand_before_read_ones_and_new_before_old():
    who = somebody()
    old, read, new = (tell(who, **WORDS | {"subject": name}) for name in ("cũ", "đã đọc", "mới"))
    for minutes, notice in enumerate((new, read, old)):
        Notice.objects.filter(pk=notice.pk).update(created_at=F("created_at") - timedelta(minutes=minutes))
    read_notice(read)

    assert [notice.subject for notice in notices_of(who)] == ["mới", "cũ", "đã đọc"]


def test_letters_of_one_audience_never_stand_among_the_others():
    write_mail("co-so@example.vn", **WORDS)
    write_mail("so@example.vn", **WORDS | {"audience": Audience.OFFICIALS})

    assert [mail.address for mail in mails(audience="facilities")] == ["co-so@example.vn"]
    assert [mail.address for mail in mails(audience="officials")] == ["so@example.vn"]


@pytest.mark.parametrize("words", ["yeu cau", "BỔ SUNG", "co-so@", "sung co-so"])
def test_letters_are_found_by_any_words_of_subject_and_address(words):
    write_mail("co-so@example.vn", **WORDS)
    write_mail("khac@example.vn", **WORDS | {"subject": "Thư mời"})

    assert [mail.address for mail in mails(audience="facilities", words=words)] == ["co-so@example.vn"]


def test_a_letter_can_be_sent_again_and_that_is_recorded():
    officer = person("chuyen-vien")
    mail = write_mail("a@example.vn", **WORDS)
    Mail.objects.update(state=MailState.FAILED, error="550")

    resend(mail.pk, actor=officer)

    again = Mail.objects.get()
    assert (again.state, again.error) == (MailState.WAITING, "")
    assert asked() == [str(mail.pk)] * 2
    event = Event.objects.get(tag="notices.mail.resent")
    assert (event.actor_name, event.facts["address"]) == ("Chuyen-Vien", "a@example.vn")


def test_a_letter_that_waits_is_not_sent_again():
    mail = write_mail("a@example.vn", **WORDS)

    with pytest.raises(WrongState, match="đang chờ gửi"):
        resend(mail.pk, actor=person("chuyen-vien"))

    assert len(asked()) == 1


def test_opening_counts_the_first_time():
    mail = write_mail("a@example.vn", **WORDS)

    mark_opened(mail.pk)
    first = Mail.objects.get().opened_at
    mark_opened(mail.pk)

    assert first is not None
    assert Mail.objects.get().opened_at == first


def test_a_neighbours_mail_is_not_here(khanhhoa):
    with inside(khanhhoa):
        write_mail("hang-xom@example.vn", **WORDS)

    assert list(mails(audience="facilities")) == []
