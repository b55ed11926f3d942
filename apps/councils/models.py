"""The council's session and what it selected (Điều 17.1 TT 26/2014/TT-BCT)."""

from django.db import models

from apps.dossiers.models import Entry
from apps.judging.models import Snapshot
from apps.rounds.models import Appointment, Round
from tieubieu.rows import Row


class Outcome(models.TextChoices):
    SELECTED = "selected", "Được chọn công nhận"
    PASSED_NOT_SELECTED = "passed_not_selected", "Đạt điểm, không được chọn"
    BELOW = "below", "Chưa đạt điểm"


class Session(Row):
    round = models.ForeignKey(Round, models.PROTECT, related_name="sessions")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="sessions")
    opened_at = models.DateTimeField("khai mạc lúc", auto_now_add=True)
    closed_at = models.DateTimeField("bế mạc lúc", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round"], condition=models.Q(closed_at=None), name="one_open_session_per_round"
            )
        ]


class Attendance(Row):
    session = models.ForeignKey(Session, models.CASCADE, related_name="attendances")
    member = models.ForeignKey(Appointment, models.PROTECT, related_name="attendances")
    present = models.BooleanField("có mặt")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "member"], name="one_attendance_per_member")]


class Selection(Row):
    session = models.ForeignKey(Session, models.PROTECT, related_name="selections")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="selections")
    outcome = models.CharField("kết quả", max_length=20, choices=Outcome.choices)
    votes_for = models.PositiveSmallIntegerField("tán thành", default=0)
    votes_against = models.PositiveSmallIntegerField("không tán thành", default=0)
    abstentions = models.PositiveSmallIntegerField("không biểu quyết", default=0)
    reason = models.CharField("lý do", max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "entry"], name="one_selection_per_entry")]
