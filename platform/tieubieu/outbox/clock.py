"""The clock: errands that nobody asks for but the calendar.

Each relay watches it. A row per errand says up to which due moment it was asked for, so one of several
relays asks, a moment missed while all were down is made up for (once), and Redis knows nothing of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from types import MappingProxyType

from django.db import connection, transaction
from django.utils import timezone

from tieubieu.outbox.models import Tick
from tieubieu.outbox.services import emit


@dataclass(frozen=True)
class Daily:
    """Each day at a time of the place where the deployment lives (Asia/Ho_Chi_Minh)."""

    at: time

    def latest(self, now: datetime) -> datetime:
        """The last due moment that is not after `now`."""
        today = timezone.make_aware(datetime.combine(timezone.localdate(now), self.at))
        return today if today <= now else today - timedelta(days=1)


@dataclass(frozen=True)
class Every:
    """At a steady pace, counted from the epoch so that all relays agree."""

    interval: timedelta

    def latest(self, now: datetime) -> datetime:
        """The last due moment that is not after `now`."""
        return now - timedelta(seconds=now.timestamp() % self.interval.total_seconds())


Rhythm = Daily | Every
_schedule: dict[str, Rhythm] = {}


def schedule(errand: str, rhythm: Rhythm) -> None:
    """Have the errand asked for in that rhythm, in the public scope."""
    if _schedule.setdefault(errand, rhythm) != rhythm:
        raise ValueError(f"{errand} stands twice in the schedule")


def scheduled() -> Mapping[str, Rhythm]:
    """The whole schedule."""
    return MappingProxyType(_schedule)


def strike() -> None:
    """Ask for every errand that has become due; called in the public scope, by as many relays as there are."""
    now = _database_time()
    for errand, rhythm in _schedule.items():
        with transaction.atomic():
            if _is_first_to_see(errand, rhythm.latest(now)):
                emit(errand)


def _is_first_to_see(errand: str, due_at: datetime) -> bool:
    if Tick.objects.filter(errand=errand, due_at__gte=due_at).exists():
        return False
    # A new entry of the schedule waits for its next moment: ignoring the conflict keeps what is there.
    Tick.objects.bulk_create([Tick(errand=errand, due_at=due_at)], ignore_conflicts=True)
    return bool(Tick.objects.filter(errand=errand, due_at__lt=due_at).update(due_at=due_at))


def _database_time() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment
