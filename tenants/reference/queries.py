"""What held on a day. Every answer is a row of the public schema or a plain value made from one."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from tenants.reference.errors import RuleLoosened, UnknownLevel
from tenants.reference.models import AdministrativeUnit, DayKind, Holiday, Region, RegionMembership, RuleSet, UnitKind
from tenants.reference.rules import Frozen, freeze, tighten
from tieubieu.errors import DomainError
from tieubieu.lib.workdays import WorkingCalendar

PROVINCE_KINDS = (UnitKind.PROVINCE, UnitKind.CENTRAL_CITY)


class NoRuleSet(DomainError):
    """No legal rule set was in force on the day."""

    code = "no_rule_set"


def units_on(day: date) -> QuerySet[AdministrativeUnit]:
    """The units that existed on `day`, in Vietnamese order."""
    return AdministrativeUnit.objects.filter(_holds(day))


def unit_on(code: str, day: date) -> AdministrativeUnit | None:
    """The unit that bore `code` on `day`; codes are reused, so the day matters."""
    return units_on(day).filter(code=code).first()


def provinces_on(day: date) -> QuerySet[AdministrativeUnit]:
    """The provinces and centrally-run cities of `day`: 63 up to 30/06/2025, 34 after."""
    return units_on(day).filter(kind__in=PROVINCE_KINDS)


def communes_of(province_code: str, day: date) -> QuerySet[AdministrativeUnit]:
    """The communes, wards and special zones of a province on `day`; known from 01/07/2025 on."""
    return units_on(day).filter(parent_code=province_code)


def successor_of(code: str, day: date, *, today: date) -> AdministrativeUnit | None:
    """The province of `today` that holds the province which bore `code` on `day`.

    So a certificate issued under the name of a merged province finds its way to the present one.
    """
    unit = unit_on(code, day)
    while unit is not None and unit.valid_to is not None and unit.valid_to < today:
        unit = _formed_from(unit)
    return unit


def region_of(province_code: str, day: date) -> Region | None:
    """The region of a province on `day`; None before TT 26/2014/TT-BCT drew the regions."""
    members = RegionMembership.objects.filter(_holds(day), province_code=province_code)
    return Region.objects.filter(code__in=members.values("region_code")).first()


def provinces_of_region(region_code: str, day: date) -> list[str]:
    """The codes of the provinces that a region had on `day`."""
    members = RegionMembership.objects.filter(_holds(day), region_code=region_code)
    return list(members.values_list("province_code", flat=True))


def calendar(start: date, end: date | None = None) -> WorkingCalendar:
    """The working calendar from the year of `start` to the year of `end` (or as far as the data go).

    It answers only for years whose holidays are loaded without a gap; past them it raises `OutsideCalendar`
    rather than take a Tết for working days.
    """
    rows = Holiday.objects.filter(year__gte=start.year).values_list("date", "kind", "year")
    days = list(rows.filter(year__lte=end.year) if end else rows)
    last = _last_year_without_gap(start.year, (year for _, _, year in days))
    return WorkingCalendar.of(
        days_off=(day for day, kind, _ in days if kind != DayKind.SWAPPED_WORKDAY),
        worked_weekends=(day for day, kind, _ in days if kind == DayKind.SWAPPED_WORKDAY),
        known_from=date(start.year, 1, 1),
        known_until=date(last, 12, 31),
    )


def rests_on_provisional_days(start: date, end: date) -> bool:
    """Whether a period touches days off that are not announced yet, so that its end must be shown as expected."""
    return Holiday.objects.filter(date__range=(start, end), provisional=True).exists()


def rule_set_on(day: date) -> RuleSet:
    """The law in force on `day`; raises `NoRuleSet`."""
    open_end = Q(effective_to__isnull=True) | Q(effective_to__gte=day)
    found = RuleSet.objects.filter(open_end, effective_from__lte=day).first()
    if found is None:
        raise NoRuleSet(f"Không có bộ quy định nào có hiệu lực ngày {day:%d/%m/%Y}.", day=day.isoformat())
    return found


def frozen_rules(day: date, level: str, choices: Mapping[str, Any]) -> Frozen:
    """The law of `day` for a level, tightened by a province's choices, as plain JSON to store with a round.

    Raises a `DomainError` that says in Vietnamese which choice loosens the law.
    """
    try:
        return tighten(freeze(rule_set_on(day), level, on=day), choices)
    except (RuleLoosened, UnknownLevel) as refused:
        raise DomainError(str(refused), **getattr(refused, "facts", {})) from refused


def _holds(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))


def _formed_from(ended: AdministrativeUnit) -> AdministrativeUnit | None:
    """The unit that began after `ended` and names it among those it was formed from."""
    after = AdministrativeUnit.objects.filter(valid_from__gt=ended.valid_from, kind__in=PROVINCE_KINDS)
    parts = [{"code": ended.code, "name": ended.name}]
    return after.filter(merged_from__contains=parts).order_by("valid_from").first()


def _last_year_without_gap(first: int, years: Iterable[int]) -> int:
    known, last = set(years), first - 1
    while last + 1 in known:
        last += 1
    return last
