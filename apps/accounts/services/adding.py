"""People are added by those who need them."""

from dataclasses import dataclass

from django.db import transaction

from apps.accounts.events import AccountEvent
from apps.accounts.models import OrganisationalUnit, Person
from tieubieu.audit.services import record
from tieubieu.errors import DomainError
from tieubieu.lib.text import slugify_vn
from tieubieu.names import safe_name


@dataclass(frozen=True)
class NewPerson:
    """Somebody without an account yet. `unit` is the name of the unit, made when it is new."""

    full_name: str
    position: str = ""
    academic_title: str = ""
    unit: str = ""
    email: str = ""
    phone: str = ""


@transaction.atomic
def add_person(new: NewPerson, *, actor: Person) -> Person:
    """Add a person who holds no role and has no password yet; the login comes from the e-mail or the name.

    Raises a `DomainError` when somebody with this e-mail is there already.
    """
    email = new.email.strip().lower()
    known = Person.objects.filter(email__iexact=email).first() if email else None
    if known is not None:
        raise DomainError(f"Thư điện tử này là của {known.full_name}; hãy chọn người đó trong danh sách có sẵn.")
    person = Person.objects.create_person(
        _free_login(email or slugify_vn(new.full_name) or "nguoi"),
        full_name=safe_name(new.full_name),
        position=new.position.strip(),
        academic_title=new.academic_title.strip(),
        email=email,
        phone=new.phone.strip(),
        unit=_unit(new.unit),
    )
    record(AccountEvent.PERSON_ADDED, person, actor=actor, login=person.login)
    return person


def _unit(name: str) -> OrganisationalUnit | None:
    if not name.strip():
        return None
    unit, _ = OrganisationalUnit.objects.get_or_create(name=safe_name(name))
    return unit


def _free_login(wanted: str) -> str:
    taken = set(Person.objects.filter(login__startswith=wanted).values_list("login", flat=True))
    number = next(n for n in range(1, len(taken) + 2) if (wanted if n == 1 else f"{wanted}-{n}") not in taken)
    return wanted if number == 1 else f"{wanted}-{number}"
