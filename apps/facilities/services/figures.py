"""A facility's yearly figures are entered and corrected."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from apps.accounts.models import Person
from apps.facilities.events import FacilityEvent
from apps.facilities.models import FIGURES, Facility, FacilityYear
from apps.facilities.services.registering import lock_facility, require_standing
from tieubieu.audit.services import record
from tieubieu.errors import DomainError
from tieubieu.lib.edits import changed
from tieubieu.meanwhile import ChangedMeanwhile, told, what_changed

Figures = Mapping[str, Any]


@transaction.atomic
def enter_figures(facility_id: UUID, year: int, figures: Figures, *, version: int, actor: Person) -> FacilityYear:
    """Store the figures of a year typed on a page that showed `version` (0: the year had none).

    Raises `ChangedMeanwhile` when they have changed since, `WrongState` for a facility that was merged away, and
    `DomainError` when exports are more than the whole revenue or nothing was given.
    """
    facility = lock_facility(facility_id)
    require_standing(facility)
    require_sense(figures)
    row = FacilityYear.objects.filter(facility=facility, year=year).first()
    if (row.version if row else 0) != version:
        raise _changed_meanwhile(facility, year, row, figures, version)
    return store_figures(facility, year, row, figures, actor=actor)


def store_figures(
    facility: Facility, year: int, row: FacilityYear | None, figures: Figures, *, actor: Person | None
) -> FacilityYear:
    """Write the figures of a locked facility's year and record what changed; nothing changed, nothing recorded."""
    changes = changed(told(figures_of(row)), told(figures))
    row = row or FacilityYear(facility=facility, year=year, version=0)
    if changes or not row.version:
        for name, value in figures.items():
            setattr(row, name, value)
        row.version += 1
        row.save()
        facts = {"year": year, "figures_version": row.version, "changes": changes}
        record(FacilityEvent.FIGURES_ENTERED, facility, actor=actor, **facts)
    return row


def figures_of(row: FacilityYear | None) -> dict[str, Any]:
    """The figures of a year as a page shows them; None for what nobody said."""
    return {name: getattr(row, name) if row else None for name in FIGURES}


def require_sense(figures: Figures) -> None:
    """Raise `DomainError` for figures that cannot be: none at all, or more exports than revenue."""
    if all(value is None for value in figures.values()):
        raise DomainError("Chưa nhập số liệu nào; xin nhập ít nhất một ô.")
    revenue, exports = figures.get("revenue"), figures.get("exports")
    if revenue is not None and exports is not None and exports > revenue:
        raise DomainError("Xuất khẩu lớn hơn doanh thu; xin kiểm tra lại đơn vị tính (triệu đồng).")


def _changed_meanwhile(
    facility: Facility, year: int, row: FacilityYear | None, figures: Figures, version: int
) -> ChangedMeanwhile:
    later = {"facts__year": year, "facts__figures_version__gt": version}
    found = what_changed(facility, told(figures_of(row)), told(figures), **later)
    return ChangedMeanwhile(*found, row.version if row else 0)
