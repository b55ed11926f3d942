"""The province's own reading of the limits of a company's size (Điều 5 NĐ 80/2021/NĐ-CP)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from apps.accounts.models import Person
from apps.facilities.events import LimitsEvent
from apps.facilities.models import SizeLimits
from tieubieu.audit.services import record
from tieubieu.errors import DomainError
from tieubieu.names import safe_name

MEASURES = {"workers": "số lao động", "revenue": "doanh thu", "capital": "nguồn vốn"}


@dataclass(frozen=True)
class Period:
    """The days for which limits are written, both ends included; without an end, until others take their place."""

    start: date
    end: date | None = None


@transaction.atomic
def write_limits(
    period: Period, sizes: Sequence[Mapping[str, Any]], *, basis: str, is_compared: bool, actor: Person
) -> SizeLimits:
    """Write the limits of a period; what was written for the same first day before stays to be read.

    Raises `DomainError` for a period that ends before it begins and for limits that do not grow from size to size.
    Rounds whose plan was approved with compared limits keep theirs.
    """
    if period.end is not None and period.end < period.start:
        raise DomainError("Ngày cuối áp dụng phải từ ngày đầu trở đi.", field="effective_to")
    written = SizeLimits.objects.create(
        effective_from=period.start,
        effective_to=period.end,
        basis=safe_name(basis),
        sizes=_growing(sizes),
        is_compared=is_compared,
        written_by=actor,
    )
    record(
        LimitsEvent.WRITTEN,
        written,
        actor=actor,
        effective_from=period.start,
        basis=written.basis,
        is_compared=is_compared,
        sizes=[f"{one['code']}: {one['workers']}; {one['revenue']}; {one['capital']}" for one in written.sizes],
    )
    return written


@transaction.atomic
def withdraw_limits(limits_id: UUID, *, actor: Person) -> None:
    """Limits that were written by mistake count no more; the row stays, and doing it again changes nothing."""
    limits = SizeLimits.objects.select_for_update(no_key=True).get(pk=limits_id)
    if limits.withdrawn_at is not None:
        return
    limits.withdrawn_at = Now()  # type: ignore[assignment]
    limits.save(update_fields=["withdrawn_at"])
    record(LimitsEvent.WITHDRAWN, limits, actor=actor, effective_from=limits.effective_from, basis=limits.basis)


def _growing(sizes: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The sizes as the rule set writes them, every measure growing from one size to the next."""
    for smaller, larger in pairwise(sizes):
        for measure, word in MEASURES.items():
            if Decimal(smaller[measure]) >= Decimal(larger[measure]):
                told = (
                    f"Mức {word} của doanh nghiệp {larger['name']} phải lớn hơn mức của doanh nghiệp {smaller['name']}."
                )
                raise DomainError(told, field=f"{larger['code']}_{measure}")
    return [
        {
            "code": str(one["code"]),
            "name": str(one["name"]),
            "workers": int(one["workers"]),
            "revenue": format(Decimal(one["revenue"]), "f"),
            "capital": format(Decimal(one["capital"]), "f"),
        }
        for one in sizes
    ]
