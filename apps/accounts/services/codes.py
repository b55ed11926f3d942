"""A one-time code lets a person who has no password, or lost it, set a new one."""

import re
import secrets
from datetime import timedelta

from axes.utils import reset as forget_wrong_passwords
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from apps.accounts.events import PeopleEvent
from apps.accounts.models import OneTimeCode, Person
from tieubieu.audit.services import record
from tieubieu.errors import DomainError, WrongState
from tieubieu.moments import transaction_time

# No 0 and O, no 1, I and L: the code is read out and written down.
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH, GROUP = 16, 4
LIFE = timedelta(hours=24)
TRIES = 5
REFUSED = (
    "Tên đăng nhập hoặc mã chưa đúng, hoặc mã đã hết hạn hay đã dùng. Xin kiểm tra lại;"
    " nhập sai năm lần thì mã bị hủy, khi đó xin người quản trị cấp mã mới."
)


@transaction.atomic
def make_code(person: Person, *, actor: Person, life: timedelta = LIFE) -> str:
    """Give out a new code in place of any before, take the password away, and so end the person's sessions.

    The code itself is only in the answer. Raises `WrongState` for an account that is closed.
    """
    held = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if not held.is_active:
        raise WrongState("Tài khoản này đã ngừng hoạt động; xin mở lại tài khoản trước khi cấp mã.")
    code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    held.set_unusable_password()
    held.save()
    OneTimeCode.objects.update_or_create(
        person=held,
        defaults={
            "code_hash": make_password(code),
            "expires_at": transaction_time() + life,
            "tries_left": TRIES,
        },
    )
    record(PeopleEvent.CODE_MADE, held, actor=actor, login=held.login)
    return "-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def use_code(login: str, code: str, *, password: str) -> Person:
    """Set the password of whoever holds the code; the code is gone afterwards.

    Raises one and the same `DomainError` for an unknown login and for a wrong, old or spent code; a wrong try is
    counted although nothing else happens, so this stands in no transaction of the caller.
    """
    with transaction.atomic():
        person = _spent(login, re.sub(r"[\W_]", "", code).upper(), password)
    if person is None:
        raise DomainError(REFUSED)
    return person


def _spent(login: str, code: str, password: str) -> Person | None:
    known = Person.objects.known_as(login)
    kept = OneTimeCode.objects.select_for_update(no_key=True).filter(person=known, person__is_active=True).first()
    if kept is None or kept.tries_left == 0 or kept.expires_at <= transaction_time():
        make_password(code)  # as long as a look at a code takes, so that the wait tells nothing
        return None
    person = Person.objects.select_for_update(no_key=True).get(pk=kept.person_id)
    if not check_password(code, kept.code_hash):
        _count_wrong(kept, person)
        return None
    kept.delete()
    person.set_password(password)
    person.save()
    forget_wrong_passwords(username=person.login)
    record(PeopleEvent.CODE_USED, person, actor=person, login=person.login)
    return person


def _count_wrong(kept: OneTimeCode, person: Person) -> None:
    kept.tries_left -= 1
    kept.save()
    if kept.tries_left == 0:
        record(PeopleEvent.CODE_KILLED, person, actor=None, login=person.login)
