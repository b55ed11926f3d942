"""The province's own days off and days worked."""

from datetime import date
from uuid import UUID

from django.db import transaction

from apps.accounts.models import Person
from apps.rounds.events import RoundEvent
from apps.rounds.models import LocalDay, LocalDayKind
from tieubieu.audit.services import record
from tieubieu.errors import DomainError
from tieubieu.names import safe_name

SATURDAY = 5


@transaction.atomic
def set_local_day(day: date, *, kind: LocalDayKind, name: str, actor: Person) -> LocalDay:
    """Say that offices rest or work here on the day, whatever the week and the national calendar say.

    Windows that are set already keep their times; only what is counted later knows the day.
    """
    if kind == LocalDayKind.OFF and day.weekday() >= SATURDAY:
        raise DomainError(f"Ngày {day:%d/%m/%Y} là cuối tuần, vốn đã nghỉ; không cần ghi.")
    kept, _ = LocalDay.objects.update_or_create(date=day, defaults={"kind": kind, "name": safe_name(name)})
    record(RoundEvent.DAY_SET, kept, actor=actor, day=day, kind=kind, name=kept.name)
    return kept


@transaction.atomic
def remove_local_day(day_id: UUID, *, actor: Person) -> None:
    """Take the day back; one that is gone already is left gone."""
    kept = LocalDay.objects.select_for_update(no_key=True).filter(pk=day_id).first()
    if kept is None:
        return
    record(RoundEvent.DAY_REMOVED, kept, actor=actor, day=kept.date, kind=kept.kind, name=kept.name)
    kept.delete()
