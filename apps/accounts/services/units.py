"""The units in which the people of the tenant serve."""

from uuid import UUID

from django.db import IntegrityError, transaction

from apps.accounts.events import PeopleEvent
from apps.accounts.models import OrganisationalUnit, Person, Role
from tieubieu.audit.services import record
from tieubieu.errors import DomainError
from tieubieu.names import safe_name


@transaction.atomic
def add_unit(name: str, *, commune_code: str = "", actor: Person) -> OrganisationalUnit:
    """Add a unit. Raises a `DomainError` when there is one of that name."""
    unit = OrganisationalUnit(name=_free(name, None), commune_code=commune_code)
    _save(unit)
    record(PeopleEvent.UNIT_ADDED, unit, actor=actor, name=unit.name, commune=commune_code)
    return unit


@transaction.atomic
def change_unit(unit_id: UUID, *, name: str, commune_code: str, actor: Person) -> OrganisationalUnit:
    """Rename the unit or say of which commune it is.

    Raises a `DomainError` when the name is another's, and when the commune would be taken from a unit whose
    commune officers act by it.
    """
    unit = OrganisationalUnit.objects.select_for_update(no_key=True).get(pk=unit_id)
    before = {"name_before": unit.name, "commune_before": unit.commune_code}
    if unit.commune_code and not commune_code:
        _require_no_commune_officer(unit)
    unit.name, unit.commune_code = _free(name, unit_id), commune_code
    if before != {"name_before": unit.name, "commune_before": unit.commune_code}:
        _save(unit)
        record(PeopleEvent.UNIT_CHANGED, unit, actor=actor, name=unit.name, commune=commune_code, **before)
    return unit


def _free(name: str, unit_id: UUID | None) -> str:
    wanted = safe_name(name)
    if OrganisationalUnit.objects.filter(name__iexact=wanted).exclude(pk__in=[unit_id] if unit_id else []).exists():
        raise _taken(wanted)
    return wanted


def _save(unit: OrganisationalUnit) -> None:
    try:
        with transaction.atomic():
            unit.save()
    except IntegrityError as raced:
        raise _taken(unit.name) from raced


def _taken(name: str) -> DomainError:
    return DomainError(f"Đã có đơn vị tên “{name}”.", field="name")


def _require_no_commune_officer(unit: OrganisationalUnit) -> None:
    officer = unit.people.filter(grants__role=Role.COMMUNE_OFFICER).first()
    if officer is not None:
        raise DomainError(
            f"{officer.full_name} là cán bộ cấp xã của đơn vị này nên đơn vị phải có xã, phường, đặc khu."
            " Xin chuyển người đó sang đơn vị khác hoặc bỏ vai trò trước.",
            field="commune_code",
        )
