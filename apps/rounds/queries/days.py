"""Working days as this province's offices work: the nation's calendar and the province's own days."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from apps.rounds.models import LocalDay, LocalDayKind
from tenants.reference.models import DayKind, Holiday
from tenants.reference.queries import calendar
from tieubieu.lib.workdays import WorkingCalendar

MORNING, EVENING = time(8), time(17)


@dataclass(frozen=True)
class DayLine:
    """One line of the page of days; `local` is None for a national day, which nobody here can change."""

    date: date
    name: str
    is_off: bool
    is_provisional: bool
    source: str
    local: LocalDay | None


def working_calendar(start: date, end: date | None = None) -> WorkingCalendar:
    """The days from `start` on as worked here. A local day wins over a national one.

    Asked past the years whose national days are known, it raises `OutsideCalendar` in Vietnamese.
    """
    known = calendar(start, end)
    local = dict(LocalDay.objects.filter(date__gte=date(start.year, 1, 1)).values_list("date", "kind"))
    off = {day for day, kind in local.items() if kind == LocalDayKind.OFF}
    worked = local.keys() - off
    return replace(
        known, days_off=known.days_off - worked | off, worked_weekends=frozenset(known.worked_weekends - off | worked)
    )


def days_of_year(year: int) -> list[DayLine]:
    """The nation's and the province's days of a year, by date."""
    national = [
        DayLine(day.date, day.name, day.kind != DayKind.SWAPPED_WORKDAY, day.provisional, day.source, None)
        for day in Holiday.objects.filter(year=year)
    ]
    own = [
        DayLine(day.date, day.name, day.kind == LocalDayKind.OFF, is_provisional=False, source="", local=day)
        for day in LocalDay.objects.filter(date__year=year)
    ]
    return sorted(national + own, key=lambda line: (line.date, line.local is not None))


def years_known() -> list[int]:
    """The years whose national days are loaded."""
    return sorted(set(Holiday.objects.values_list("year", flat=True)))


def provisional_days() -> frozenset[date]:
    """National days off that are expected but not announced yet."""
    return frozenset(Holiday.objects.filter(provisional=True).values_list("date", flat=True))


def morning_of(day: date) -> datetime:
    """When offices open on the day."""
    return timezone.make_aware(datetime.combine(day, MORNING))


def evening_of(day: date) -> datetime:
    """When offices close on the day."""
    return timezone.make_aware(datetime.combine(day, EVENING))


def end_of(day: date) -> datetime:
    """The first moment after the day: where a half-open window "to the end of the day" closes."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


def last_day(closes_at: datetime) -> date:
    """The last day that a half-open window touches."""
    return timezone.localdate(closes_at - timedelta(microseconds=1))


def touches(first: date, last: date, days: Iterable[date]) -> bool:
    """Whether one of the days lies between first and last."""
    return any(first <= day <= last for day in days)
