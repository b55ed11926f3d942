"""What is asked of the register."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from apps.facilities.eligibility import UNIT_KINDS, Eligibility, Facts, decide
from apps.facilities.models import Facility, FacilityKind
from tenants.reference.models import AdministrativeUnit, UnitKind
from tenants.reference.queries import communes_of, rule_set_on, unit_on


@dataclass(frozen=True)
class Ground:
    """The law of a day and the map of one province on it: read once, asked for one facility or for thousands."""

    on: date
    law: Mapping[str, Any]
    province: AdministrativeUnit | None
    units: Mapping[str, AdministrativeUnit]

    def eligibility_of(self, facility: Facility) -> Eligibility:
        """The object face of the rule; the facility's craft village is read along (`select_related`)."""
        unit = self.units.get(facility.commune_code)
        village = facility.craft_village
        facts = Facts(
            kind=facility.kind,
            kind_label=FacilityKind(facility.kind).label,
            province_kind=self.province.kind if self.province else "",
            province_name=_in_a_sentence(self.province),
            unit_kind=unit.kind if unit else "",
            unit_name=_in_a_sentence(unit),
            village=village.name if village and village.is_recognised(self.on) else "",
        )
        return decide(facts, self.law, on=self.on)

    def eligible(self) -> Q:
        """The list face of the same rule."""
        of_kind = Q(kind__in=self.law["facility_kinds"])
        if "areas" not in self.law:
            return of_kind
        return of_kind & (self._in_area() | self._in_village())

    def _in_area(self) -> Q:
        kinds = self.law["areas"].get(self.province.kind, []) if self.province else []
        if set(UNIT_KINDS) <= set(kinds):
            return ~Q(pk__in=[])
        return Q(commune_code__in=[code for code, unit in self.units.items() if unit.kind in kinds])

    def _in_village(self) -> Q:
        if not self.law.get("craft_villages"):
            return Q(pk__in=[])
        goes_on = Q(craft_village__ended_on__isnull=True) | Q(craft_village__ended_on__gt=self.on)
        return Q(craft_village__recognised_on__lte=self.on) & goes_on


def ground(province_code: str, on: date | None = None, *, law: Mapping[str, Any] | None = None) -> Ground:
    """The ground for a province on a day (today); `law` is the `eligibility` of a round's frozen rules, when asked
    for a round. Raises `NoRuleSet` for a day before all law."""
    day = on or timezone.localdate()
    return Ground(
        on=day,
        law=law or rule_set_on(day).body["eligibility"],
        province=unit_on(province_code, day),
        units={unit.code: unit for unit in communes_of(province_code, day)},
    )


def eligibility_of(facility: Facility, on: date | None = None, *, law: Mapping[str, Any] | None = None) -> Eligibility:
    """Whether the facility is a cơ sở CNNT on a day (today), with the reason that names the article."""
    return ground(facility.province_code, on, law=law).eligibility_of(facility)


def _in_a_sentence(unit: AdministrativeUnit | None) -> str:
    return f"{UnitKind(unit.kind).label.lower()} {unit.name}" if unit else ""
