"""What is kept of a sheet beside its marks: every locked version, why it was opened again, what came too late."""

from django.db import models
from django.db.models.functions import Now

from apps.accounts.models import Person
from apps.dossiers.models import Entry
from apps.judging.models.sheets import Origin, Sheet
from apps.rounds.models import Appointment
from tieubieu.rows import Row


class LockedVersion(Row):
    """A sheet as it stood when it was locked. Append-only; `marks` by the keys of the sheet's lines."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("lần khóa")
    marks = models.JSONField("điểm")
    remark = models.TextField("nhận xét", blank=True)
    origin = models.CharField("chấm bằng", max_length=6, choices=Origin.choices)
    nonce = models.CharField(max_length=32)
    receipt_code = models.CharField("mã biên nhận", max_length=64)
    locked_at = models.DateTimeField("khóa lúc", db_default=Now())

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["sheet", "number"], name="one_locked_version_per_number")]


class Reopening(Row):
    """By whom, why and when a locked version was opened again. Append-only."""

    version = models.OneToOneField(LockedVersion, models.PROTECT, related_name="reopening")
    reopened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.CharField("lý do mở lại", max_length=500)
    reopened_at = models.DateTimeField("mở lại lúc", db_default=Now())


class Opening(Row):
    """The seal of an entry's scores broken before all its sheets were locked. Append-only."""

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="opening")
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.CharField("lý do mở niêm phong", max_length=500)
    opened_at = models.DateTimeField("mở lúc", db_default=Now())


class LateDraft(Row):
    """What a judge typed after the end, as it was typed: readable by the judge alone, and it counts nowhere."""

    sheet = models.OneToOneField(Sheet, models.PROTECT, related_name="late_draft")
    marks = models.JSONField("điểm", default=dict)
    remark = models.TextField("nhận xét", blank=True)
    saved_at = models.DateTimeField("ghi lúc", auto_now=True)


class Reminder(Row):
    """A judge was reminded of the sheets that wait."""

    judge = models.ForeignKey(Appointment, models.PROTECT, related_name="reminders")
    sent_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField("nhắc lúc", db_default=Now())
