"""Facilities and their products are put on the register."""

from django.db import transaction

from apps.accounts.models import Person
from apps.facilities.events import FacilityEvent
from apps.facilities.models import Facility, Product
from tieubieu.audit.services import record
from tieubieu.errors import DomainError
from tieubieu.lib import taxcode
from tieubieu.names import safe_name


@transaction.atomic
def register_facility(*, actor: Person, tax_code: str, name: str, **fields: object) -> Facility:
    """Register a facility under its tax code; raises `DomainError` for a code that is none or is taken."""
    facility = Facility(tax_code=legal_tax_code(tax_code), name=safe_name(name), **fields)
    facility.key_names()
    if Facility.objects.filter(tax_code=facility.tax_code).exists():
        raise DomainError(f"Mã số thuế {facility.tax_code} đã có trong danh sách cơ sở.", tax_code=facility.tax_code)
    facility.save()
    record(FacilityEvent.REGISTERED, facility, actor=actor, tax_code=facility.tax_code)
    return facility


def add_product(facility: Facility, *, name: str, group: str, description: str = "", is_demo: bool = False) -> Product:
    """Give the facility a product; asking twice for the same name yields the same product."""
    product, _ = Product.objects.get_or_create(
        facility=facility,
        name=safe_name(name),
        defaults={"group": group, "description": description, "is_demo": is_demo},
    )
    return product


def legal_tax_code(raw: str) -> str:
    """The tax code in its normal form; raises `DomainError` naming what is wrong with it."""
    try:
        return taxcode.check(raw).normal
    except taxcode.InvalidTaxCode as wrong:
        raise DomainError(str(wrong), tax_code=raw) from wrong
