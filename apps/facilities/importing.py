"""Bring facilities in from a workbook: good rows are kept, bad ones come back with their reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from apps.accounts.models import Person
from apps.facilities.events import FacilityEvent
from apps.facilities.models import Facility, FacilityKind
from apps.facilities.services import legal_tax_code
from apps.facilities.workbook import COLUMNS, REQUIRED, SheetRow
from tieubieu.audit.services import record
from tieubieu.errors import DomainError
from tieubieu.lib.text import fold
from tieubieu.names import safe_name

KINDS = {fold(kind.label): kind.value for kind in FacilityKind} | {
    "doanh nghiep": FacilityKind.COMPANY,
    "cong ty": FacilityKind.COMPANY,
    "htx": FacilityKind.COOPERATIVE,
    "ho": FacilityKind.HOUSEHOLD,
}


@dataclass(frozen=True)
class Imported:
    """`added` + `known` + `refused` are the rows of the workbook."""

    added: list[Facility]
    known: int
    refused: list[tuple[SheetRow, str]]


@transaction.atomic
def import_facilities(rows: Sequence[SheetRow], *, province_code: str, actor: Person) -> Imported:
    """Store every usable row; a tax code already on the register is left as it is. Asking twice adds nothing."""
    good, refused = _sort_out(rows, province_code)
    codes = [facility.tax_code for facility in good]
    before = set(Facility.objects.filter(tax_code__in=codes).values_list("tax_code", flat=True))
    new = [facility for facility in good if facility.tax_code not in before]
    Facility.objects.bulk_create(new, ignore_conflicts=True)
    if new:
        record(FacilityEvent.IMPORTED, new[0], actor=actor, added=len(new), known=len(before), refused=len(refused))
    return Imported(new, len(good) - len(new), refused)


def _sort_out(rows: Sequence[SheetRow], province_code: str) -> tuple[list[Facility], list[tuple[SheetRow, str]]]:
    good: dict[str, Facility] = {}
    refused: list[tuple[SheetRow, str]] = []
    for row in rows:
        try:
            facility = _facility(row.values, province_code)
            if facility.tax_code in good:
                raise DomainError(f"Mã số thuế {facility.tax_code} đã có ở một dòng trước trong cùng tệp.")
            good[facility.tax_code] = facility
        except (DomainError, ValueError) as wrong:
            refused.append((row, str(wrong)))
    return list(good.values()), refused


def _facility(values: dict[str, str], province_code: str) -> Facility:
    missing = [COLUMNS[field] for field in REQUIRED if not values.get(field)]
    if missing:
        raise DomainError(f"Thiếu: {', '.join(missing)}.")
    kind = KINDS.get(fold(values["kind"]))
    if kind is None:
        raise DomainError(f"Loại hình “{values['kind']}” không có trong danh mục.")
    fields = {field: _safe(field, text) for field, text in values.items()}
    fields |= {"kind": kind, "tax_code": legal_tax_code(values["tax_code"]), "province_code": province_code}
    facility = Facility(**fields)
    facility.key_names()
    _require_fitting(facility)
    return facility


def _safe(field: str, text: str) -> str:
    """A cell may hold several lines; what deceives a reader or no database keeps is refused by the column's name."""
    try:
        return safe_name(" ".join(text.split())) if text else ""
    except DomainError as unsafe:
        raise DomainError(f"{COLUMNS[field]}: {unsafe.message}") from unsafe


def _require_fitting(facility: Facility) -> None:
    if facility.email:
        try:
            validate_email(facility.email)
        except ValidationError as wrong:
            raise DomainError(f"Thư điện tử “{facility.email}” không đúng dạng.") from wrong
    for field in COLUMNS:
        longest = getattr(Facility._meta.get_field(field), "max_length", None)
        if longest and len(getattr(facility, field)) > longest:
            raise DomainError(f"{COLUMNS[field]} dài quá {longest} ký tự.")
