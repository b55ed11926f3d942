"""The craft villages (làng nghề) that the province recognised; an officer keeps the list."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from tieubieu.lib.text import sort_key
from tieubieu.rows import Row


class CraftVillage(Row):
    """Half-open in time: recognised from `recognised_on` up to, but not on, `ended_on`."""

    name = models.CharField("tên làng nghề", max_length=200)
    name_key = models.CharField(max_length=800, editable=False)
    commune_code = models.CharField("xã, phường, đặc khu", max_length=5)
    recognised_on = models.DateField("ngày công nhận")
    decision = models.CharField("quyết định công nhận", max_length=120)
    ended_on = models.DateField("thôi công nhận từ ngày", null=True, blank=True)

    class Meta:
        ordering = ["name_key", "id"]
        constraints = [
            models.UniqueConstraint(fields=["commune_code", "name"], name="one_village_name_per_commune"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gt=F("recognised_on")),
                name="a_village_ends_after_it_was_recognised",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.name_key = sort_key(self.name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def is_recognised(self, on: date) -> bool:
        """Whether the recognition held on that day."""
        return self.recognised_on <= on and (self.ended_on is None or on < self.ended_on)
