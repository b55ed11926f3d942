"""Ask for an errand, claim it, end it. Every moment here is the database's, never this machine's."""

import random
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import DateTimeField, ExpressionWrapper, F, Q
from django.db.models.functions import Now

from tieubieu.binding import current
from tieubieu.outbox.models import OPEN, Message

Word = str | int | UUID
Argument = Word | Sequence[Word] | None

REST = timedelta(seconds=10)
LONGEST_REST = timedelta(hours=1)
LONGEST_ERROR = 2000


def emit(errand: str, /, **args: Argument) -> UUID:
    """Ask for `errand` in the tenant bound *now*; it runs once the surrounding transaction commits.

    The message is one row of this transaction: a rollback takes it back. Arguments are names and ids
    (strings, whole numbers, UUIDs, lists of them), never data: the errand reads what is true when it
    runs. Raises `TransactionManagementError` outside a transaction. Returns the message's id.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(f"emit({errand!r}) stands outside a transaction")
    scope = current()
    message = Message(
        id=uuid4(), tenant=scope.slug, schema=scope.schema, errand=errand, args=_plain(args),
        asked_at=Now(), available_at=Now(),
    )  # fmt: skip
    message.save(force_insert=True)
    return message.id


def claim(message_id: UUID, *, lease: timedelta, by: str) -> Message | None:
    """Take up an open message for the time of the lease, or None when it is done, parked or in other hands."""
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=Now())
    taken = Message.objects.filter(OPEN, free, pk=message_id).update(
        claimed_until=later(lease), claimed_by=by, available_at=later(lease), attempts=F("attempts") + 1
    )
    return Message.objects.get(pk=message_id) if taken else None


def finish(message_id: UUID) -> None:
    """Say that the effect is there; idempotent."""
    Message.objects.filter(OPEN, pk=message_id).update(done_at=Now(), claimed_until=None, error="")


def put_back(message: Message, error: str) -> None:
    """Let a failed message rest, longer with each attempt, before it is tried again."""
    Message.objects.filter(OPEN, pk=message.pk, claimed_by=message.claimed_by, attempts=message.attempts).update(
        claimed_until=None, available_at=later(rest_after(message.attempts)), published_at=None, publications=0,
        error=error[:LONGEST_ERROR],
    )  # fmt: skip


def park(message_id: UUID, error: str) -> None:
    """Stop trying until a person says so (`tieubieu errands --retry`)."""
    Message.objects.filter(OPEN, pk=message_id).update(failed_at=Now(), claimed_until=None, error=error[:LONGEST_ERROR])


def retry(message_id: UUID) -> bool:
    """Open a parked message again with all its tries; False when it is not parked."""
    return bool(
        Message.objects.filter(pk=message_id, failed_at__isnull=False).update(
            failed_at=None, attempts=0, publications=0, published_at=None, claimed_until=None, available_at=Now()
        )
    )


def forget_done(*, older_than: timedelta, at_most: int = 5000) -> int:
    """Delete finished messages older than this; returns how many. Parked ones stay until a person decides."""
    old = Message.objects.filter(done_at__lt=later(-older_than)).order_by("done_at").values("pk")[:at_most]
    return Message.objects.filter(pk__in=old).delete()[0]


def hand_back(message_ids: Collection[UUID]) -> None:
    """Make messages due at once that were marked as published but could not be sent."""
    if message_ids:
        Message.objects.filter(OPEN, pk__in=message_ids).update(available_at=Now(), published_at=None, publications=0)


def recall() -> int:
    """Make everything due that was published and has not been taken up: the broker has lost it. Returns how many."""
    waiting = Message.objects.filter(OPEN, published_at__isnull=False, claimed_until__isnull=True)
    return waiting.update(available_at=Now(), publications=0)


def rest_after(attempts: int) -> timedelta:
    """Exponential, with jitter so that what failed together does not come back together."""
    longest = min(REST * 2**attempts, LONGEST_REST)
    return longest * random.uniform(0.5, 1.0)  # noqa: S311 - spreads load, guards nothing


def later(wait: timedelta) -> ExpressionWrapper:
    """That long from now, on the database's clock."""
    return ExpressionWrapper(Now() + wait, output_field=DateTimeField())


def _plain(args: Mapping[str, Argument]) -> dict[str, object]:
    return {name: _argument(name, value) for name, value in args.items()}


def _argument(name: str, value: Argument) -> object:
    if isinstance(value, list | tuple | set | frozenset):
        return [_word(name, item) for item in value]
    return None if value is None else _word(name, value)


def _word(name: str, value: object) -> str | int:
    if isinstance(value, str | int):
        return value
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"the argument {name} is a {type(value).__name__}: errands carry ids and strings only")
