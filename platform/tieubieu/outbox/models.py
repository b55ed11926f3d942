"""The letters that ask for background work, kept in PostgreSQL until their work is done."""

import uuid

from django.db import models
from django.db.models import Q

OPEN = Q(done_at__isnull=True, failed_at__isnull=True)


class Message(models.Model):
    """One errand that somebody asked for, in the tenant where it was asked.

    `available_at` is the moment at which the relay looks at an open message again, whatever the
    reason: it was just asked for, its publication had no effect, its claim lapsed, or it failed and
    rests. That leaves the relay one question, which one partial index answers.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenant = models.CharField("đơn vị", max_length=63, blank=True)
    # Beside the slug because the wall of the table compares it with the role that writes.
    schema = models.CharField("lược đồ", max_length=63)
    errand = models.CharField("việc", max_length=100)
    args = models.JSONField("tham số")
    queue = models.CharField("hàng đợi", max_length=40, blank=True)
    asked_at = models.DateTimeField("yêu cầu lúc")
    available_at = models.DateTimeField("xem lại lúc")
    published_at = models.DateTimeField("phát đi lúc", null=True)
    publications = models.PositiveIntegerField("số lần phát", default=0)
    claimed_until = models.DateTimeField("giữ đến", null=True)
    claimed_by = models.CharField("người giữ", max_length=200, blank=True)
    attempts = models.PositiveIntegerField("số lần làm", default=0)
    done_at = models.DateTimeField("xong lúc", null=True)
    failed_at = models.DateTimeField("dừng lúc", null=True)
    error = models.TextField("lỗi", blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["available_at"], condition=OPEN, name="outbox_due"),
            models.Index(fields=["failed_at"], condition=Q(failed_at__isnull=False), name="outbox_parked"),
            models.Index(fields=["done_at"], condition=Q(done_at__isnull=False), name="outbox_done"),
        ]

    def __str__(self) -> str:
        return f"{self.errand} {self.id} ({self.schema})"


class Tick(models.Model):
    """Up to which due moment a scheduled errand has been asked for."""

    errand = models.CharField(max_length=100, primary_key=True)
    due_at = models.DateTimeField()
