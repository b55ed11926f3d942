"""What is asked of the register."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from apps.facilities.eligibility import UNIT_KINDS, Eligibility, Facts, Size, decide
from apps.facilities.likeness import Card, Pair, compared, likely_same, words_of
from apps.facilities.models import DistinctPair, Facility, FacilityKind, FacilityYear, SizeLimits
from apps.facilities.records import Past, facilities_with
from apps.facilities.states import Standing
from tenants.reference.models import AdministrativeUnit, UnitKind
from tenants.reference.queries import communes_of, rule_set_on, unit_on
from tieubieu.lib.text import fold
from tieubieu.searching import bare, with_words

MOST_NEAR, MOST_TWINS = 500, 3
FEWEST_DIGITS = 4


@dataclass(frozen=True)
class Ground:
    """The law of a day and the map of one province on it: read once, asked for one facility or for thousands."""

    on: date
    law: Mapping[str, Any]
    province: AdministrativeUnit | None
    units: Mapping[str, AdministrativeUnit]

    def eligibility_of(self, facility: Facility) -> Eligibility:
        """The object face of the rule; for many facilities at once read them `with_what_decides`."""
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
            size=self._size(facility),
        )
        return decide(facts, self.measured if facts.size else self.law, on=self.on)

    @cached_property
    def measured(self) -> Mapping[str, Any]:
        """The law with the limits of a company's size that hold here; asked for once, when somebody is measured."""
        return measured_here(self.law, self.on)

    def eligible(self) -> Q:
        """The list face of the same rule."""
        of_kind = Q(kind__in=self.law["facility_kinds"])
        if "areas" not in self.law:
            return of_kind
        return of_kind & (self._in_area() | self._in_village()) & ~self._too_large()

    def _size(self, facility: Facility) -> Size | None:
        """What the facility said of the last whole year, asked for only where the law measures its kind."""
        if facility.kind not in self.law.get("company_size", {}).get("of_kinds", ()):
            return None
        year = self.on.year - 1
        row = next((one for one in facility.years.all() if one.year == year), None)
        return Size(year, row.workers, row.revenue) if row else Size(year)

    def _too_large(self) -> Q:
        measure = self.measured.get("company_size")
        if not measure:
            return Q(pk__in=[])
        most = measure["sizes"][-1]["workers"]
        large = FacilityYear.objects.filter(year=self.on.year - 1, workers__gt=most)
        return Q(kind__in=measure["of_kinds"], pk__in=large.values("facility"))

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
        units={unit.code: unit for unit in communes_of(province_code, day)} if province_code else {},
    )


def law_here(day: date) -> Mapping[str, Any]:
    """The part `eligibility` of the law of a day, with the limits of a company's size that are kept here for it.

    Raises `NoRuleSet` for a day before all law.
    """
    return measured_here(rule_set_on(day).body["eligibility"], day)


def measured_here(law: Mapping[str, Any], day: date) -> Mapping[str, Any]:
    """The law with the province's own limits of the day in the place of limits that nobody has compared yet.

    So a round keeps the compared limits that it froze, and a sample gives way wherever it stands.
    """
    measure = law.get("company_size")
    if not measure or measure.get("is_compared"):
        return law
    own = limits_on(day)
    return {**law, "company_size": {**measure, **own.as_measure()}} if own else law


def limits_on(day: date) -> SizeLimits | None:
    """The limits that were written here for the day: of the latest beginning, as they were written last."""
    begun = SizeLimits.objects.filter(effective_from__lte=day, withdrawn_at__isnull=True)
    last_written = {one.effective_from: one for one in begun.reverse()}
    holding = [one for one in last_written.values() if one.effective_to is None or one.effective_to >= day]
    return max(holding, key=lambda one: one.effective_from, default=None)


def eligibility_of(facility: Facility, on: date | None = None, *, law: Mapping[str, Any] | None = None) -> Eligibility:
    """Whether the facility is a cơ sở CNNT on a day (today), with the reason that names the article."""
    return ground(facility.province_code, on, law=law).eligibility_of(facility)


def with_what_decides(among: QuerySet[Facility]) -> QuerySet[Facility]:
    """The facilities with all that `Ground.eligibility_of` looks at, in a fixed number of questions."""
    return among.select_related("craft_village").prefetch_related("years")


@dataclass(frozen=True)
class Sought:
    """What a list is narrowed to; empty and None narrow nothing, but what was merged away is shown when asked for."""

    words: str = ""
    commune: str = ""
    kind: str = ""
    standing: str = ""
    is_eligible: bool | None = None
    is_exporting: bool | None = None
    past: str = ""


def sought_facilities(among: QuerySet[Facility], sought: Sought, on_ground: Ground) -> QuerySet[Facility]:
    """Those of `among` that fit, in Vietnamese order."""
    found = facilities_with_words(among, sought.words)
    found = found.filter(standing=sought.standing) if sought.standing else found.exclude(standing=Standing.MERGED)
    if sought.commune:
        found = found.filter(commune_code=sought.commune)
    if sought.kind:
        found = found.filter(kind=sought.kind)
    if sought.is_eligible is not None:
        found = found.filter(on_ground.eligible()) if sought.is_eligible else found.exclude(on_ground.eligible())
    if sought.is_exporting is not None:
        exporting = Q(pk__in=exporting_facilities().values("pk"))
        found = found.filter(exporting if sought.is_exporting else ~exporting)
    if sought.past:
        found = found.filter(facilities_with(Past(sought.past), on_ground.on))
    return found


def exporting_facilities() -> QuerySet[Facility]:
    """Facilities whose latest known figure of exports is more than nothing."""
    known = FacilityYear.objects.filter(facility=OuterRef("pk"), exports__isnull=False).order_by("-year")
    return Facility.objects.annotate(last_exports=Subquery(known.values("exports")[:1])).filter(last_exports__gt=0)


def likely_pairs() -> list[Pair]:
    """Facilities that look like one written twice and that nobody found to be two; the keys are their ids."""
    known = {frozenset(pair) for pair in DistinctPair.objects.values_list("first_id", "second_id")}
    standing = Facility.objects.filter(merged_into__isnull=True)
    cards = [Card(*row) for row in standing.values_list("pk", "name_folded", "tax_code", "phone", "email")]
    return [pair for pair in likely_same(cards) if frozenset({pair.first.key, pair.second.key}) not in known]


def twins_of(
    among: QuerySet[Facility], *, name: str, tax_code: str, phone: str, email: str
) -> list[tuple[Facility, Pair]]:
    """Those of `among` that look like the one being written down, the strongest first."""
    mine = Card(None, fold(name), tax_code, phone, email)
    near = Q(tax_code__startswith=tax_code[:10]) | Q(name_folded__in=[mine.name])
    near |= Q(phone=phone) if phone else Q(pk__in=[])
    near |= Q(email__iexact=email) if email else Q(pk__in=[])
    for word in words_of(mine.name):
        near |= Q(name_folded__contains=word)
    found = among.filter(near, merged_into__isnull=True).exclude(tax_code=tax_code)[:MOST_NEAR]
    pairs = [(f, compared(mine, Card(f.pk, f.name_folded, f.tax_code, f.phone, f.email))) for f in found]
    likely = [(facility, pair) for facility, pair in pairs if pair]
    return sorted(likely, key=lambda one: (-len(one[1].reasons), -one[1].likeness))[:MOST_TWINS]


def facilities_with_words(among: QuerySet[Facility], words: str) -> QuerySet[Facility]:
    """Each word somewhere in the name, or, when it is a number, in the tax code or telephone."""
    return with_words(among, words, "name_folded", others=_numbered)


def _numbered(word: str) -> Q:
    digits = bare(word)
    if not digits.isdigit() or len(digits) < FEWEST_DIGITS:
        return Q(pk__in=[])
    return Q(tax_code__contains=word) | Q(phone__contains=digits)


def _in_a_sentence(unit: AdministrativeUnit | None) -> str:
    return f"{UnitKind(unit.kind).label.lower()} {unit.name}" if unit else ""
