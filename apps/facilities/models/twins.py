"""Two facilities that look alike and that an officer found to be two."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from apps.facilities.models.facility import Facility
from tieubieu.rows import Row


class DistinctPair(Row):
    """`first` is the one with the lesser id, so that a pair stands once."""

    first = models.ForeignKey(Facility, models.CASCADE, related_name="+")
    second = models.ForeignKey(Facility, models.CASCADE, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField("xác nhận lúc", db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_word_on_each_pair"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="a_pair_stands_in_order"),
        ]
