"""Read the log."""

from collections.abc import Iterator

from django.db import models

from tieubieu.audit.chain import Link
from tieubieu.audit.models import AnchoredHead, ChainHead, Event

CHUNK = 10_000
FIELDS = (
    "seq", "prev_hash", "id", "happened_at", "tag", "actor_id", "actor_name",
    "subject_kind", "subject_id", "subject_name", "facts", "hash",
)  # fmt: skip


def events_of(subject: models.Model) -> models.QuerySet[Event]:
    """What happened to one thing, oldest first."""
    about = Event.objects.filter(subject_kind=subject._meta.label_lower, subject_id=str(subject.pk))
    return about.order_by("seq")


def links() -> Iterator[Link]:
    """The whole chain of the bound tenant in order, read chunk by chunk so that its length does not matter.

    Ordered by id within a seq: a forged twin (which needs the unique index gone) is still walked.
    """
    after: tuple[int, object] | None = None
    while True:
        rows = Event.objects.order_by("seq", "id").values_list(*FIELDS)
        if after is not None:
            rows = rows.filter(seq__gte=after[0]).exclude(seq=after[0], id__lte=after[1])
        chunk = list(rows[:CHUNK])
        for row in chunk:
            yield Link(*row[:2], str(row[2]), *row[3:])  # type: ignore[call-arg]
        if len(chunk) < CHUNK:
            return
        after = (chunk[-1][0], chunk[-1][2])


def stored_head() -> tuple[int, str]:
    """Where the head row says the chain ends."""
    found = ChainHead.objects.first() or ChainHead()
    return found.seq, found.hash


def anchored_heads(tenant: str) -> list[tuple[int, str]]:
    """The heads of another tenant that the bound tenant keeps: seq and hash, oldest first."""
    return list(AnchoredHead.objects.filter(tenant=tenant).order_by("seq").values_list("seq", "hash"))
