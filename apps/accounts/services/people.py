"""The administrator keeps the people of the tenant: who they are, in which roles, and whether they may come in."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from apps.accounts.events import AccountEvent, PeopleEvent
from apps.accounts.models import OneTimeCode, OrganisationalUnit, Person, Role, RoleGrant
from tieubieu.audit.services import record
from tieubieu.errors import DomainError, WrongState
from tieubieu.lib.edits import changed
from tieubieu.meanwhile import ChangedMeanwhile, told, what_changed
from tieubieu.names import safe_name
from tieubieu.outbox.services import emit

COMPARE_PERSON = "judging.compare_person"  # whoever sits in judgment may have to be kept from something now

LAST_ADMINISTRATOR = (
    "{name} là người quản trị cuối cùng đang hoạt động. Xin giao vai trò quản trị cho người khác trước."
)
NEEDS_COMMUNE = (
    "Cán bộ cấp xã phải thuộc một đơn vị có xã, phường, đặc khu. Xin chọn đơn vị như vậy,"
    " hoặc ghi xã cho đơn vị ở trang Đơn vị rồi chọn lại."
)


@dataclass(frozen=True)
class Official:
    """What is known about a person of the tenant."""

    full_name: str
    position: str = ""
    unit: OrganisationalUnit | None = None
    email: str = ""
    phone: str = ""


@transaction.atomic
def add_official(new: Official, *, login: str, roles: Iterable[Role], actor: Person) -> Person:
    """Add a person with a login and roles, still without a password.

    Raises a `DomainError` whose fact `field` names what to correct: the login or the e-mail is somebody's, or a
    commune officer has no commune.
    """
    given, wanted = _checked(new, None), frozenset(roles)
    _require_commune(wanted, given["unit"])
    person = _created(login.strip().lower(), given)
    record(AccountEvent.PERSON_ADDED, person, actor=actor, login=person.login)
    _grant(person, wanted, actor)
    return person


@transaction.atomic
def change_official(
    person_id: UUID, official: Official, *, roles: Iterable[Role], version: int, actor: Person
) -> Person:
    """Store what was typed on a page that showed `version`, and make exactly these roles theirs.

    Raises `ChangedMeanwhile` when the person has changed since, a `DomainError` as `add_official` does, and one when
    the last active administrator would lose that role.
    """
    person, given, wanted = _held(person_id), _checked(official, person_id), frozenset(roles)
    if person.version != version:
        raise _changed_meanwhile(person, typed(official, wanted), version)
    _require_commune(wanted, given["unit"])
    changes = changed(typed_of(person), typed(Official(**given), wanted))
    if not changes:
        return person
    for name, value in given.items():
        setattr(person, name, value)
    _grant(person, wanted, actor)
    person.version += 1
    person.save()
    record(PeopleEvent.CHANGED, person, actor=actor, version=person.version, changes=changes)
    emit(COMPARE_PERSON, person_id=person.pk)
    return person


def typed(official: Official, roles: Iterable[str]) -> dict[str, Any]:
    """What a page holds of a person, as the log tells it: the unit by its id."""
    values = {**vars(official), "unit": official.unit.pk if official.unit else None}
    return told(values) | {"roles": sorted(str(role) for role in roles)}


def typed_of(person: Person) -> dict[str, Any]:
    """The same of what is stored."""
    known = {field.name: getattr(person, field.name) for field in fields(Official)}
    return typed(Official(**known), person.roles())


def _changed_meanwhile(person: Person, mine: dict[str, Any], version: int) -> ChangedMeanwhile:
    found = what_changed(person, typed_of(person), mine, facts__version__gt=version)
    return ChangedMeanwhile(*found, person.version)


@transaction.atomic
def deactivate(person_id: UUID, *, actor: Person) -> Person:
    """Close the account: whoever is signed in with it is out at the next page, and a code given out dies.

    Raises `WrongState` for an account closed already, and a `DomainError` for the last active administrator.
    """
    person = _held(person_id)
    if not person.is_active:
        raise WrongState("Tài khoản này đã ngừng hoạt động từ trước.")
    if Role.ADMINISTRATOR in person.roles():
        _require_another_administrator(person)
    person.is_active = False
    person.save()
    OneTimeCode.objects.filter(person=person).delete()
    record(PeopleEvent.DEACTIVATED, person, actor=actor, login=person.login)
    return person


@transaction.atomic
def reactivate(person_id: UUID, *, actor: Person) -> Person:
    """Open the account again, with the roles it had. Raises `WrongState` for one that is open."""
    person = _held(person_id)
    if person.is_active:
        raise WrongState("Tài khoản này đang hoạt động.")
    person.is_active = True
    person.save()
    record(PeopleEvent.REACTIVATED, person, actor=actor, login=person.login)
    return person


def _held(person_id: UUID) -> Person:
    return Person.objects.select_for_update(no_key=True).get(pk=person_id)


def _checked(official: Official, person_id: UUID | None) -> dict[str, Any]:
    """What was told, as it is stored; an address is one person's."""
    given = {name: value.strip() if isinstance(value, str) else value for name, value in vars(official).items()}
    given["full_name"], given["email"] = safe_name(official.full_name), official.email.strip().lower()
    others = Person.objects.exclude(pk__in=[person_id] if person_id else [])
    namesake = others.filter(email__iexact=given["email"]).first()
    if given["email"] and namesake is not None:
        raise DomainError(f"Thư điện tử này là của {namesake.full_name} ({namesake.login}).", field="email")
    return given


def _created(login: str, given: dict[str, Any]) -> Person:
    taken = DomainError(f"Tên đăng nhập “{login}” đã có người dùng; xin đặt tên khác.", field="login")
    if Person.objects.filter(login=login).exists():
        raise taken
    try:
        with transaction.atomic():
            return Person.objects.create_person(login, **given)
    except IntegrityError as raced:
        raise taken from raced


def _grant(person: Person, wanted: frozenset[Role], actor: Person) -> None:
    had = person.roles()
    granted, revoked = wanted - had, had - wanted
    if Role.ADMINISTRATOR in revoked and person.is_active:
        _require_another_administrator(person)
    if not granted and not revoked:
        return
    RoleGrant.objects.filter(person=person, role__in=revoked).delete()
    RoleGrant.objects.bulk_create([RoleGrant(person=person, role=role) for role in sorted(granted)])
    record(PeopleEvent.ROLES_CHANGED, person, actor=actor, granted=sorted(granted), revoked=sorted(revoked))


def _require_another_administrator(person: Person) -> None:
    """Two administrators who close each other out at once wait here for one another: one of them stays."""
    grants = RoleGrant.objects.filter(role=Role.ADMINISTRATOR)
    list(grants.select_for_update(no_key=True).order_by("pk"))
    if not grants.filter(person__is_active=True).exclude(person=person).exists():
        raise DomainError(LAST_ADMINISTRATOR.format(name=person.full_name), field="roles")


def _require_commune(roles: frozenset[Role], unit: OrganisationalUnit | None) -> None:
    """The unit is held, so that it keeps its commune until the officer is written down."""
    if Role.COMMUNE_OFFICER not in roles:
        return
    held = OrganisationalUnit.objects.select_for_update(no_key=True).filter(pk=unit.pk).first() if unit else None
    if held is None or not held.commune_code:
        raise DomainError(NEEDS_COMMUNE, field="unit")
