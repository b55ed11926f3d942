"""What an officer finds on the desk in the morning."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from apps.accounts.models import Person, Role
from apps.dossiers.models import Entry, Supplement, SupplementState
from apps.dossiers.states import EntryState
from apps.rounds.models import Level
from apps.rounds.queries import phases_that_grant
from apps.rounds.states import Capability


@dataclass(frozen=True)
class Day:
    """Counts of one person's day; `unassigned` only for those who hand out the province's work."""

    person: Person
    given: int = 0
    unassigned: int = 0
    corrected: int = 0
    overdue: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.given or self.unassigned or self.corrected or self.overdue)


def days_of(today: date) -> Iterator[Day]:
    """Of everybody to whom a dossier is given, and of the officers; what was filed counts on the day after."""
    yesterday = Q(submitted_at__date=today - timedelta(days=1), state=EntryState.SUBMITTED)
    unassigned = _screened().filter(yesterday, officer__isnull=True, round__level=Level.PROVINCE).count()
    given = {row["officer"]: row for row in _given(yesterday, today)}
    officers = Q(grants__role=Role.OFFICER) if unassigned else Q(pk__in=[])
    for person in Person.objects.filter(Q(pk__in=given) | officers, is_active=True).distinct().order_by("name_key"):
        row = given.get(person.pk, {})
        hands_out = Role.OFFICER in person.roles()
        yield Day(
            person,
            given=row.get("given", 0),
            unassigned=unassigned if hands_out else 0,
            corrected=row.get("corrected", 0),
            overdue=row.get("overdue", 0),
        )


def _screened() -> QuerySet[Entry]:
    """Dossiers of rounds that still screen."""
    return Entry.objects.filter(round__phase__in=phases_that_grant(Capability.SCREEN))


def _given(yesterday: Q, today: date) -> Iterable[Any]:
    of_entry = Q(entry=OuterRef("pk"))
    new = Supplement.objects.filter(of_entry, state=SupplementState.ANSWERED, looked_at__isnull=True)
    late = Supplement.objects.filter(of_entry, state=SupplementState.OPEN, due_on__lt=today)
    rows = _screened().filter(officer__isnull=False).annotate(is_new=Exists(new), is_late=Exists(late))
    return (
        rows.order_by()
        .values("officer")
        .annotate(
            given=Count("pk", filter=yesterday),
            corrected=Count("pk", filter=Q(is_new=True, state=EntryState.SUBMITTED)),
            overdue=Count("pk", filter=Q(is_late=True)),
        )
    )
