"""Facilities and their products are put on the register, and what it says of them is kept right."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from apps.accounts.models import Person
from apps.facilities.events import FacilityEvent
from apps.facilities.models import Facility, Product
from apps.facilities.states import Standing
from tieubieu.audit.services import record
from tieubieu.errors import DomainError, WrongState
from tieubieu.lib import taxcode
from tieubieu.lib.edits import changed
from tieubieu.meanwhile import ChangedMeanwhile, told, what_changed
from tieubieu.names import safe_name
from tieubieu.outbox.services import emit

COMPARE_FACILITIES = "judging.compare_facilities"  # whoever judges them may have to be kept from something now

# What people type of a facility. Everything else follows from something else.
TYPED = (
    "name", "kind", "tax_code", "commune_code", "address", "representative", "contact_name", "phone", "email",
    "website", "craft_village_id",
)  # fmt: skip


@transaction.atomic
def register_facility(*, actor: Person, tax_code: str, name: str, **fields: object) -> Facility:
    """Register a facility under its tax code; raises `DomainError` for a code that is none or is taken."""
    return _put(Facility(standing=Standing.REGISTERED, **fields), tax_code, name, FacilityEvent.REGISTERED, actor)


@transaction.atomic
def propose_facility(*, actor: Person, tax_code: str, name: str, **fields: object) -> Facility:
    """The same by somebody of the facility: it waits for the authority's approval."""
    return _put(Facility(standing=Standing.PROPOSED, **fields), tax_code, name, FacilityEvent.PROPOSED, actor)


@transaction.atomic
def revise_facility(facility_id: UUID, values: Mapping[str, Any], *, version: int, actor: Person) -> Facility:
    """Store what was typed on a page that showed `version`.

    Raises `ChangedMeanwhile` when the facility has changed since, `DomainError` for a tax code that is none or is
    another's, and `WrongState` for a facility that was merged away.
    """
    facility = lock_facility(facility_id)
    require_standing(facility)
    mine = _normal(values)
    if facility.version != version:
        raise _changed_meanwhile(facility, mine, version)
    if mine.get("tax_code", facility.tax_code) != facility.tax_code:
        _require_free(mine["tax_code"])
    apply_values(facility, mine, event=FacilityEvent.REVISED, actor=actor)
    return facility


def apply_values(
    facility: Facility, values: Mapping[str, Any], *, event: FacilityEvent, actor: Person | None, **facts: object
) -> dict[str, list[object]]:
    """Change a locked facility, raise its version and record field by field what changed; nothing changed, nothing
    recorded."""
    changes = changed(typed_of(facility), values)
    if changes:
        for field, value in values.items():
            setattr(facility, field, value)
        facility.version += 1
        facility.save()
        record(event, facility, actor=actor, version=facility.version, changes=changes, **facts)
        emit(COMPARE_FACILITIES, facility_ids=[facility.pk])
    return changes


def add_product(facility: Facility, *, name: str, group: str, description: str = "", is_demo: bool = False) -> Product:
    """Give the facility a product; asking twice for the same name yields the same product."""
    product, _ = Product.objects.get_or_create(
        facility=facility,
        name=safe_name(name),
        defaults={"group": group, "description": description, "is_demo": is_demo},
    )
    return product


def lock_facility(facility_id: UUID) -> Facility:
    """The row lock under which a facility and what hangs on it may change."""
    return Facility.objects.select_for_update(no_key=True).get(pk=facility_id)


def require_standing(facility: Facility) -> None:
    """Raise `WrongState` for a facility that was merged away: what is typed belongs to the one that stands for it."""
    if facility.standing == Standing.MERGED:
        raise WrongState("Cơ sở này đã gộp vào cơ sở khác; xin mở cơ sở còn lại để làm việc.", state=facility.standing)


def typed_of(facility: Facility) -> dict[str, Any]:
    """What the register says of a facility, as a page shows it."""
    return {field: getattr(facility, field) for field in TYPED}


def legal_tax_code(raw: str) -> str:
    """The tax code in its normal form; raises `DomainError` naming what is wrong with it."""
    try:
        return taxcode.check(raw).normal
    except taxcode.InvalidTaxCode as wrong:
        raise DomainError(str(wrong), tax_code=raw) from wrong


def _put(facility: Facility, tax_code: str, name: str, event: FacilityEvent, actor: Person) -> Facility:
    facility.tax_code, facility.name = legal_tax_code(tax_code), safe_name(name)
    _require_free(facility.tax_code)
    facility.save()
    record(event, facility, actor=actor, tax_code=facility.tax_code)
    return facility


def _normal(values: Mapping[str, Any]) -> dict[str, Any]:
    mine = dict(values)
    if "tax_code" in mine:
        mine["tax_code"] = legal_tax_code(mine["tax_code"])
    if "name" in mine:
        mine["name"] = safe_name(mine["name"])
    return mine


def _require_free(tax_code: str) -> None:
    if Facility.objects.filter(tax_code=tax_code).exists():
        raise DomainError(f"Mã số thuế {tax_code} đã có trong danh sách cơ sở.", tax_code=tax_code)


def _changed_meanwhile(facility: Facility, mine: Mapping[str, Any], version: int) -> ChangedMeanwhile:
    found = what_changed(facility, told(typed_of(facility)), told(mine), facts__version__gt=version)
    return ChangedMeanwhile(*found, facility.version)
