"""What a facility says of its year: the figures that dossiers and reports ask for again and again."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from apps.facilities.models.facility import Facility
from tieubieu.rows import Row

FIRST_YEAR, LAST_YEAR = 2000, 2100
MONEY = ("revenue", "taxes", "exports")
FIGURES = ("revenue", "workers", "taxes", "exports")


class FacilityYear(Row):
    """Money in million đồng. None means that nobody said, never zero."""

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="years")
    year = models.PositiveSmallIntegerField(
        "năm", validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    revenue = models.DecimalField("doanh thu (triệu đồng)", max_digits=14, decimal_places=2, null=True, blank=True)
    workers = models.PositiveIntegerField("lao động (người)", null=True, blank=True)
    taxes = models.DecimalField("nộp ngân sách (triệu đồng)", max_digits=14, decimal_places=2, null=True, blank=True)
    exports = models.DecimalField("xuất khẩu (triệu đồng)", max_digits=14, decimal_places=2, null=True, blank=True)
    version = models.PositiveIntegerField("lần sửa", default=1)

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["facility", "year"], name="one_row_of_figures_per_year"),
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR), name="figures_are_of_a_year"
            ),
            models.CheckConstraint(
                condition=(Q(revenue__isnull=True) | Q(revenue__gte=0))
                & (Q(taxes__isnull=True) | Q(taxes__gte=0))
                & (Q(exports__isnull=True) | Q(exports__gte=0)),
                name="figures_are_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.facility} {self.year}"
