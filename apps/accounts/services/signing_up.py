"""People of facilities make their own account; the administrator says whether anybody may."""

from django.db import transaction

from apps.accounts.events import AccountEvent
from apps.accounts.models import Person, Policy
from tieubieu.audit.services import record
from tieubieu.errors import DomainError, NotAllowed
from tieubieu.names import safe_name

TAKEN = "Số điện thoại hoặc thư này đã có tài khoản. Xin đăng nhập, hoặc đặt lại mật khẩu nếu đã quên."


def is_sign_up_open() -> bool:
    """Whether anybody may make an account of the bound tenant, or only who was invited."""
    return Policy.objects.filter(is_sign_up_open=False).first() is None


@transaction.atomic
def open_account(*, full_name: str, login: str, password: str, is_invited: bool = False) -> Person:
    """Make an account whose login is a telephone number or an e-mail address in its normal form.

    Raises `NotAllowed` where only the invited may, and `DomainError` for a login that is somebody's already: that
    much an open sign-up cannot hide, and it is throttled at the door.
    """
    if not is_invited and not is_sign_up_open():
        raise NotAllowed("Đơn vị này chỉ nhận tài khoản theo lời mời; xin liên hệ Sở Công Thương.")
    if Person.objects.known_as(login) or Person.objects.filter(login=login).exists():
        raise DomainError(TAKEN)
    contact = {"email": login} if "@" in login else {"phone": login}
    person = Person.objects.create_person(login, password, full_name=safe_name(full_name), **contact)
    record(AccountEvent.SIGNED_UP, person, actor=person, login=login)
    return person


@transaction.atomic
def set_sign_up(*, is_open: bool, actor: Person) -> None:
    """Open the sign-up to anybody, or leave it to the invited."""
    policy, _ = Policy.objects.select_for_update(no_key=True).get_or_create(number=1)
    if policy.is_sign_up_open != is_open:
        policy.is_sign_up_open = is_open
        policy.save()
        record(AccountEvent.SIGN_UP_SET, actor, actor=actor, open="có" if is_open else "không")
