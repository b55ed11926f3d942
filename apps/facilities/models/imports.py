"""A workbook that somebody uploaded and may still confirm."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from tieubieu.rows import Row
from tieubieu.uploads.models import StoredFile


class ImportBatch(Row):
    """Belongs to the person who uploaded it; `outcome` is written once, by the confirmation.

    `outcome`: {"added", "updated", "kept", "refused"} as numbers; `refused` the rows as typed, each with its reason.
    """

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="imports")
    uploaded_at = models.DateTimeField("tải lên lúc", db_default=Now())
    confirmed_at = models.DateTimeField("nhập lúc", null=True, blank=True)
    outcome: Any = models.JSONField("kết quả", default=dict)
    refused: Any = models.JSONField("dòng chưa nhập được", default=list)

    class Meta:
        ordering = ["-uploaded_at", "id"]

    def __str__(self) -> str:
        return self.file.name
