"""A sheet that a judge filled in on paper: typed twice by different people, and decided when the two differ."""

from django.db import models
from django.db.models.functions import Now

from apps.accounts.models import Person
from apps.judging.models.sheets import Sheet
from apps.judging.states import PaperState
from tieubieu.rows import Row


class PaperCase(Row):
    """The typing of one signed paper. `first` and `second` are `{"marks": {key: text}, "remark": text}`."""

    sheet = models.OneToOneField(Sheet, models.PROTECT, related_name="paper_case")
    state = models.CharField("trạng thái", max_length=9, choices=PaperState.choices, default=PaperState.TYPED_ONCE)
    scan_id = models.UUIDField("bản chụp phiếu đã ký")
    first = models.JSONField("lần nhập thứ nhất")
    first_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    tries = models.PositiveSmallIntegerField("số lần nhập lần hai khác lần một", default=0, db_default=0)
    second = models.JSONField("lần nhập thứ hai", default=dict, blank=True)
    second_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True, blank=True)
    reason = models.CharField("lý do quyết định", max_length=500, blank=True)
    begun_at = models.DateTimeField("nhập lần đầu lúc", db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(second_by__isnull=True) | ~models.Q(second_by=models.F("first_by")),
                name="paper_is_typed_by_two_people",
            ),
        ]
