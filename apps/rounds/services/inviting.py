"""Whoever was added at an appointment gets in: a code for the first password, handed over with a printed letter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from apps.accounts.models import Person
from apps.accounts.services import make_code
from apps.rounds.events import RoundEvent
from apps.rounds.models import Appointment, Body, Round
from apps.rounds.queries.people import never_signed_in
from apps.rounds.services.locking import lock_round
from tieubieu.audit.services import record
from tieubieu.errors import DomainError
from tieubieu.notices.services import Audience, tell

LIFE = timedelta(days=14)  # a letter travels longer than a code that is read out


@dataclass(frozen=True)
class Letter:
    """What stands on one person's letter; the code is nowhere else."""

    person: Person
    titles: tuple[str, ...]
    code: str


@transaction.atomic
def invite_members(round_id: UUID, seat_ids: Sequence[UUID], *, actor: Person) -> list[Letter]:
    """Give each of these members a code for the first password, in place of any before, one letter a person.

    Whoever has an address is told by mail where to sign in, without the code. Raises a `DomainError` for somebody who
    came in before or holds a role: there a code would take an account over.
    """
    round = lock_round(round_id)
    seats = list(round.appointments.filter(pk__in=seat_ids).select_related("person"))
    people = {seat.person_id: seat.person for seat in seats}
    list(Person.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk"))
    fresh = set(never_signed_in().filter(pk__in=people).values_list("pk", flat=True))
    for person in people.values():
        _require_fresh(person, fresh)
    letters = [_letter(person, seats, actor) for person in people.values()]
    for letter in letters:
        _tell(round, letter)
    if letters:
        record(RoundEvent.INVITED, round, actor=actor, people=[letter.person.login for letter in letters])
    return letters


def _letter(person: Person, seats: Sequence[Appointment], actor: Person) -> Letter:
    titles = tuple(f"{seat.title}, {Body(seat.body).label}" for seat in seats if seat.person_id == person.pk)
    return Letter(person, titles, make_code(person, actor=actor, life=LIFE))


def _require_fresh(person: Person, fresh: set[UUID]) -> None:
    if person.pk not in fresh:
        raise DomainError(
            f"{person.full_name} đã có tài khoản đang dùng hoặc có vai trò riêng; quên mật khẩu thì xin người quản trị"
            " của đơn vị cấp mã."
        )


def _tell(round: Round, letter: Letter) -> None:
    person = letter.person
    lines = [
        f"Mời tham gia {round.name} với cương vị:",
        *(f"- {title}." for title in letter.titles),
        f"Tên đăng nhập: {person.login}. Mã một lần để đặt mật khẩu ghi trên giấy mời, do cán bộ phụ trách trao riêng.",
    ]
    tell(
        person,
        audience=Audience.OFFICIALS,
        subject=f"Mời tham gia {round.name}",
        text="\n".join(lines),
        url=f"{reverse('accounts:use_code')}?ten={person.login}",
        about=round,
        key=f"invited:{round.pk}",
    )
