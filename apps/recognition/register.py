"""What screening asks about certificates, answered from this room's rows."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from apps.dossiers.holdings import Holding
from apps.facilities.models import Facility
from apps.recognition.models import Certificate
from apps.recognition.queries import state_on


class Certificates:
    """The register of the bound unit."""

    def held_by(self, facility: Facility, day: date) -> Sequence[Holding]:
        """Those of the facility, and of every facility that was merged with it."""
        survivor = facility.merged_into_id or facility.pk
        family = Q(facility=survivor) | Q(facility__merged_into=survivor)
        return [_holding(row, day) for row in _rows().filter(family)]

    def numbered(self, number: str, day: date) -> Holding | None:
        row = _rows().filter(number__iexact=number).first()
        return _holding(row, day) if row else None


def _rows() -> QuerySet[Certificate]:
    return Certificate.objects.select_related("entry", "facility").prefetch_related("entry__items")


def _holding(row: Certificate, day: date) -> Holding:
    items = row.entry.items.all() if row.entry else ()
    return Holding(
        number=row.number,
        level=row.level,
        product_name=row.product_name,
        facility_id=row.facility.merged_into_id or row.facility.pk if row.facility else None,
        valid_until=row.valid_until,
        state=state_on(row, day),
        products=frozenset(item.product_id for item in items),
    )
