"""Up to where a company is micro, small or medium, as this province compared it with the decree."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from tieubieu.rows import Row


class SizeLimits(Row):
    """Limits for the days from `effective_from` to `effective_to`, both included; nothing is changed after writing.

    Of the rows that begin on one day the one written last counts; `sizes` are as in a rule set: code, name, workers,
    revenue and capital in million đồng, from the smallest. They stay a sample until somebody has compared them.
    """

    effective_from = models.DateField("áp dụng từ ngày")
    effective_to = models.DateField("đến hết ngày", null=True, blank=True)
    basis = models.CharField("căn cứ", max_length=200)
    sizes = models.JSONField("các mức")
    is_compared = models.BooleanField("đã đối chiếu với bản gốc", default=False)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người ghi")
    written_at = models.DateTimeField("ghi lúc", db_default=Now())
    withdrawn_at = models.DateTimeField("thôi dùng lúc", null=True, blank=True)

    class Meta:
        ordering = ["-effective_from", "-written_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(effective_to__isnull=True) | Q(effective_to__gte=F("effective_from")),
                name="limits_end_after_they_begin",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.basis} ({self.effective_from:%d/%m/%Y})"

    @property
    def word(self) -> str:
        """The state's name for pages."""
        if self.withdrawn_at is not None:
            return "withdrawn"
        return "compared" if self.is_compared else "sample"

    def as_measure(self) -> dict[str, Any]:
        """What stands in the place of the rule set's own limits."""
        return {"article": self.basis, "sizes": self.sizes, "is_compared": self.is_compared}
