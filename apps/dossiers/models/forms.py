"""The forms of Phụ lục 1 and 2 as data: national fields that a province may extend, version by version."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from tieubieu.rows import Row


class FormVersion(Row):
    """One published state of the province's forms; a dossier keeps the version with which it was begun."""

    number = models.PositiveIntegerField("phiên bản", unique=True)
    fields = models.JSONField("các ô của mẫu")
    published_at = models.DateTimeField("áp dụng từ", db_default=Now())

    class Meta:
        ordering = ["-number"]


class FormDraft(Row):
    """What the province is about to publish; there is at most one, and publishing takes it away."""

    fields = models.JSONField("các ô của mẫu")
    started_from = models.PositiveIntegerField("soạn từ phiên bản")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField("sửa lúc", auto_now=True)
