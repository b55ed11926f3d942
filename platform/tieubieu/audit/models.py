"""One append-only chain of events per tenant."""

from typing import Any

from django.db import models
from django.db.models import Q

from tieubieu.audit.chain import GENESIS, Link
from tieubieu.rows import Row


class ChainHead(models.Model):
    """The one row that everybody who records must hold: it gives out numbers without gaps."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="audit_one_head")]


class Event(Row):
    """Who did what to what, and when; names are kept as they were. Written by `record` alone."""

    seq = models.BigIntegerField("số thứ tự", unique=True)
    happened_at = models.DateTimeField("lúc")
    tag = models.CharField("việc", max_length=100)
    actor_id = models.CharField(max_length=64, blank=True)
    actor_name = models.CharField("người làm", max_length=200)
    subject_kind = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=64)
    subject_name = models.CharField("đối tượng", max_length=300)
    facts: Any = models.JSONField("chi tiết")
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField("mã băm", max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "seq"], name="audit_of_subject"),
            models.Index(fields=["tag", "seq"], name="audit_of_tag"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.tag}"

    def as_link(self) -> Link:
        """The event as the chain sees it."""
        return Link(
            seq=self.seq, prev_hash=self.prev_hash, id=str(self.id), happened_at=self.happened_at, tag=self.tag,
            actor_id=self.actor_id, actor_name=self.actor_name, subject_kind=self.subject_kind,
            subject_id=self.subject_id, subject_name=self.subject_name, facts=self.facts, hash=self.hash,
        )  # fmt: skip


class AnchoredHead(Row):
    """The head of another tenant's chain as it was handed over; kept by the national tenant."""

    tenant = models.CharField("đơn vị", max_length=63)
    seq = models.BigIntegerField("số thứ tự")
    hash = models.CharField("mã băm", max_length=64)
    anchored_at = models.DateTimeField("lưu lúc")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "seq"], name="audit_anchored_once")]
