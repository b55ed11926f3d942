"""What would be taken over from an earlier round."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from apps.accounts.models import Person
from apps.rounds.models import Appointment, Round, Window, WindowKind
from apps.rounds.queries.days import working_calendar
from apps.rounds.queries.schedule import Span, shifted
from apps.rounds.states import Phase
from tieubieu.errors import DomainError
from tieubieu.lib.workdays import OutsideCalendar

CHOSEN = (
    "pass_mark", "council", "tie_break", "quota", "awards", "casting_vote", "filing_grace_minutes", "tell_scores",
)  # fmt: skip


@dataclass(frozen=True)
class Takeover:
    """`gone` are people who left the service since, and so are not taken over."""

    source: Round
    choices: dict[str, Any]
    bases: list[dict[str, str]]
    seats: list[Appointment]
    gone: list[Appointment]
    spans: dict[WindowKind, Span]
    officers: dict[WindowKind, Person | None]


def earlier_rounds(round: Round) -> QuerySet[Round]:
    """Rounds of the same level and area from which a set-up can be copied, the newest first."""
    same = Round.objects.filter(level=round.level, area_code=round.area_code).exclude(pk=round.pk)
    return same.exclude(phase=Phase.DRAFT)


def takeover(round: Round, source: Round, start: date) -> Takeover:
    """Rules, bases, people still in service, and windows moved to `start`; raises a `DomainError` past known days."""
    seats = list(source.appointments.select_related("person"))
    windows = list(source.windows.select_related("officer"))
    latest = source.bases.first()
    return Takeover(
        source=source,
        choices=choices_of(source.rules),
        bases=latest.items if latest else [],
        seats=[seat for seat in seats if seat.person.is_active],
        gone=[seat for seat in seats if not seat.person.is_active],
        spans=_spans(windows, start),
        officers={
            WindowKind(window.kind): window.officer if window.officer and window.officer.is_active else round.officer
            for window in windows
        },
    )


def choices_of(rules: Mapping[str, Any]) -> dict[str, Any]:
    """The province's own choices as they stand in frozen rules, in the form in which they are chosen."""
    if not rules:
        return {}
    chosen = {name: rules[name] for name in CHOSEN if name in rules}
    parts = {criterion["code"]: criterion["parts"] for criterion in rules["criteria"] if criterion["parts"]}
    if parts:
        chosen["parts"] = parts
    if rules.get("parts_of_group"):
        chosen["parts_of_group"] = rules["parts_of_group"]
    if "min_judges" in rules["panel"]:
        chosen["panel"] = {"min_judges": rules["panel"]["min_judges"]}
    return chosen


def _spans(windows: list[Window], start: date) -> dict[WindowKind, Span]:
    if not windows:
        return {}
    first = min(start, *(timezone.localdate(window.opens_at) for window in windows))
    try:
        return shifted(windows, start, working_calendar(first))
    except OutsideCalendar as unknown:
        raise DomainError(str(unknown)) from unknown
