"""Record what happened, and say where the chain stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID, uuid4

from django.db import connection, models, transaction

from tieubieu.audit import tags
from tieubieu.audit.chain import link_hash
from tieubieu.audit.models import AnchoredHead, ChainHead, Event
from tieubieu.binding import current

SYSTEM = "Hệ thống"
LOT = 500


@dataclass(frozen=True)
class Head:
    """Where a tenant's chain stood: printed in minutes and decisions, copied to the national tenant."""

    tenant: str
    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.tenant}={self.seq}:{self.hash}"


def record(tag: StrEnum, subject: models.Model, /, *, actor: object | None, **facts: object) -> Event:
    """Append one event to the bound tenant's chain, in the caller's transaction.

    From here to the commit the caller holds the chain: record last, after all other locks. `actor` None is
    the system. Facts are texts, numbers, dates, ids and lists of them; a binary float is refused.
    Raises `TransactionManagementError` outside a transaction and `UnknownTag` for an unregistered tag.
    """
    return record_each(tag, [(subject, facts)], actor=actor)[0]


def record_each(
    tag: StrEnum, happened: Iterable[tuple[models.Model, Mapping[str, object]]], /, *, actor: object | None
) -> list[Event]:
    """Append one event for each subject with its facts: as `record`, but for thousands at once."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(f"record({tag}) stands outside a transaction")
    tags.require(tag)
    head, moment = _held_head(), _database_time()
    events = []
    for subject, facts in happened:
        event = _event(tag, subject, actor, facts, head, moment)
        head.seq, head.hash = event.seq, event.hash
        events.append(event)
    Event.objects.bulk_create(events, batch_size=LOT)
    head.save(update_fields=["seq", "hash"])
    return events


def _event(
    tag: StrEnum, subject: models.Model, actor: object | None, facts: Mapping[str, object], head: ChainHead,
    moment: datetime,
) -> Event:  # fmt: skip
    event = Event(
        id=uuid4(), seq=head.seq + 1, prev_hash=head.hash, happened_at=moment, tag=str(tag),
        actor_id="" if actor is None else str(getattr(actor, "pk", "")),
        actor_name=SYSTEM if actor is None else str(actor)[:200],
        subject_kind=subject._meta.label_lower, subject_id=str(subject.pk), subject_name=str(subject)[:300],
        facts=_plain(facts),
    )  # fmt: skip
    event.hash = link_hash(current().slug, event.as_link())
    return event


def head() -> Head:
    """The head of the bound tenant's chain; inside the transaction that recorded, that very event's."""
    found = ChainHead.objects.first() or ChainHead()
    return Head(current().slug, found.seq, found.hash)


def anchor(foreign: Head) -> None:
    """Keep another tenant's head in the bound (national) tenant; idempotent, and never replaced."""
    AnchoredHead.objects.bulk_create(
        [AnchoredHead(tenant=foreign.tenant, seq=foreign.seq, hash=foreign.hash, anchored_at=_database_time())],
        ignore_conflicts=True,
    )


def _held_head() -> ChainHead:
    locked = ChainHead.objects.select_for_update(no_key=True)
    found = locked.first()
    if found is None:
        ChainHead.objects.bulk_create([ChainHead()], ignore_conflicts=True)
        found = locked.get()
    return found


def _database_time() -> datetime:
    """The moment at which the chain is held, so that moments never run backwards along it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    return str(value) if isinstance(value, str | UUID) else value
