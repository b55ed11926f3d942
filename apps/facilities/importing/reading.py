"""One row of a workbook: what it says of a facility and of its year, or why it cannot be used."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils import timezone

from apps.facilities.models import Facility, FacilityKind
from apps.facilities.models.years import FIRST_YEAR, MONEY
from apps.facilities.queries import Ground
from apps.facilities.services import legal_tax_code
from apps.facilities.services.figures import require_sense
from apps.facilities.workbook import COLUMNS, FACILITY, REQUIRED
from tieubieu.errors import DomainError
from tieubieu.lib.numbers import decimal_of
from tieubieu.lib.phones import InvalidPhone, normal_phone
from tieubieu.lib.text import fold
from tieubieu.names import safe_name

MOST_MONEY, MOST_WORKERS = Decimal(10) ** 12, 1_000_000
KINDS = {fold(kind.label): kind.value for kind in FacilityKind} | {
    "doanh nghiep nho va vua": FacilityKind.COMPANY.value,
    "cong ty": FacilityKind.COMPANY.value,
    "htx": FacilityKind.COOPERATIVE.value,
    "lien hiep htx": FacilityKind.COOPERATIVE_UNION.value,
    "ho": FacilityKind.HOUSEHOLD.value,
}
is_url = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True)
class Reading:
    """What was typed; an empty cell says nothing and is not in it. `year` None: no figures."""

    values: dict[str, Any]
    year: int | None
    figures: dict[str, Any]


class Gazetteer:
    """The communes of the province by code and by name."""

    def __init__(self, ground: Ground) -> None:
        self.province = ground.province.full_name if ground.province else "tỉnh này"
        self._codes: dict[str, list[str]] = defaultdict(list)
        for code, unit in ground.units.items():
            for name in {code, fold(unit.full_name), fold(unit.name)}:
                self._codes[name].append(code)

    def code_of(self, typed: str) -> str:
        """The code of a commune typed as its code, its full name or its bare name; raises `DomainError`."""
        found = self._codes.get(fold(typed), [])
        if len(found) == 1:
            return found[0]
        if found:
            raise DomainError(f"Có nhiều đơn vị tên “{typed}”; xin ghi đủ xã, phường hay đặc khu.")
        raise DomainError(f"Không có xã, phường, đặc khu “{typed}” ở {self.province}.")


def read_row(typed: Mapping[str, str], gazetteer: Gazetteer) -> Reading:
    """Read a row; raises `DomainError` with the reason that stands beside it in the returned workbook."""
    missing = [COLUMNS[field] for field in REQUIRED if not typed.get(field)]
    if missing:
        raise DomainError(f"Thiếu: {', '.join(missing)}.")
    values: dict[str, Any] = {field: _safe(field, typed[field]) for field in FACILITY if typed.get(field)}
    values["kind"] = _kind(typed["kind"])
    values["tax_code"] = legal_tax_code(typed["tax_code"])
    if "commune_code" in values:
        values["commune_code"] = gazetteer.code_of(values["commune_code"])
    _require_fitting(values)
    year, figures = _year(typed)
    return Reading(values, year, figures)


def _kind(typed: str) -> str:
    kind = KINDS.get(fold(typed))
    if kind is None:
        raise DomainError(f"Loại hình “{typed}” không có trong danh mục.")
    return kind


def _safe(field: str, text: str) -> str:
    """A cell may hold several lines; what deceives a reader or no database keeps is refused by the column's name."""
    try:
        return safe_name(" ".join(text.split()))
    except DomainError as unsafe:
        raise DomainError(f"{COLUMNS[field]}: {unsafe.message}") from unsafe


def _require_fitting(values: dict[str, Any]) -> None:
    for field, value in values.items():
        longest = getattr(Facility._meta.get_field(field), "max_length", None)
        if longest and len(value) > longest:
            raise DomainError(f"{COLUMNS[field]} dài quá {longest} ký tự.")
    if "phone" in values:
        values["phone"] = _phone(values["phone"])
    for field, is_right in (("email", validate_email), ("website", is_url)):
        if field in values:
            _require(field, values[field], is_right)


def _require(field: str, value: str, is_right: Any) -> None:
    try:
        is_right(value)
    except ValidationError as wrong:
        raise DomainError(f"{COLUMNS[field]} “{value}” không đúng dạng.") from wrong


def _phone(typed: str) -> str:
    try:
        return normal_phone(typed)
    except InvalidPhone as wrong:
        raise DomainError(str(wrong)) from wrong


def _year(typed: Mapping[str, str]) -> tuple[int | None, dict[str, Any]]:
    figures: dict[str, Any] = {name: _money(name, typed[name]) for name in MONEY if typed.get(name)}
    if typed.get("workers"):
        figures["workers"] = _count("workers", typed["workers"], 0, MOST_WORKERS)
    if not typed.get("year"):
        if figures:
            raise DomainError(f"Có số liệu nhưng thiếu: {COLUMNS['year']}.")
        return None, {}
    year = _count("year", typed["year"], FIRST_YEAR, timezone.localdate().year)
    if figures:
        require_sense(figures)
    return (year, figures) if figures else (None, {})


def _money(field: str, typed: str) -> Decimal:
    try:
        amount = decimal_of(typed)
    except ValueError as wrong:
        raise DomainError(f"{COLUMNS[field]}: {wrong}") from wrong
    if amount >= MOST_MONEY or round(amount, 2) != amount:
        raise DomainError(f"{COLUMNS[field]}: “{typed}” quá lớn hoặc có quá 2 chữ số sau dấu phẩy.")
    return amount


def _count(field: str, typed: str, least: int, most: int) -> int:
    if not (typed.isascii() and typed.isdigit()) or not least <= int(typed[:9]) <= most or len(typed) > 9:
        raise DomainError(f"{COLUMNS[field]}: “{typed}” phải là số nguyên từ {least} đến {most}.")
    return int(typed)
