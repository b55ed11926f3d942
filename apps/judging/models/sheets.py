"""Score sheets (Phụ lục 4 TT 26/2014/TT-BCT) and the immutable result snapshot."""

from django.db import models

from apps.dossiers.models import Entry
from apps.judging.models.conflicts import Conflict
from apps.judging.states import SheetState
from apps.rounds.models import Appointment, Round
from tieubieu.rows import Row


class Origin(models.TextChoices):
    """How the marks came in."""

    SCREEN = "screen", "Màn hình"
    PAPER = "paper", "Phiếu giấy"


class Sheet(Row):
    """`recused_for` is the conflict of interest that took the sheet away; none for one that was set aside by hand."""

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="sheets")
    judge = models.ForeignKey(Appointment, models.PROTECT, related_name="sheets")
    state = models.CharField("trạng thái", max_length=8, choices=SheetState.choices, default=SheetState.DRAFT)
    version = models.PositiveIntegerField("phiên bản", default=0)
    remark = models.TextField("nhận xét", blank=True)
    reason = models.CharField("lý do không chấm", max_length=500, blank=True)
    recused_for = models.ForeignKey(
        Conflict, models.PROTECT, related_name="sheets_taken", null=True, verbose_name="không chấm vì xung đột"
    )
    nonce = models.CharField(max_length=32, blank=True)
    origin = models.CharField(
        "chấm bằng", max_length=6, choices=Origin.choices, default=Origin.SCREEN, db_default=Origin.SCREEN
    )
    receipt_code = models.CharField("mã biên nhận", max_length=64, blank=True)
    locked_at = models.DateTimeField("khóa lúc", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "judge"], name="one_sheet_per_judge_and_entry"),
            models.CheckConstraint(
                condition=models.Q(recused_for__isnull=True) | models.Q(state=SheetState.RECUSED),
                name="only_a_recused_sheet_was_taken_by_a_conflict",
            ),
        ]

    @property
    def round(self) -> Round:
        return self.entry.round


class Mark(Row):
    """One box of a sheet: a criterion, or one `part` of it. No value means not scored, never zero."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="marks")
    criterion = models.CharField("tiêu chí", max_length=10)
    part = models.TextField("nội dung của tiêu chí", blank=True, default="", db_default="")
    value = models.DecimalField("điểm", max_digits=5, decimal_places=2, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion", "part"], name="one_mark_per_box"),
            models.CheckConstraint(
                condition=models.Q(value__isnull=True) | models.Q(value__gte=0, value__lte=100),
                name="mark_between_0_and_100",
            ),
        ]


class Snapshot(Row):
    """The result of one scoring: rules, sheets in, standing out, and the digest over all three.

    One that was computed anew because of a complaint `cites` the one whose marks it replaced. The application role may
    insert and read, never change.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="snapshots")
    number = models.PositiveSmallIntegerField("lần tính")
    body = models.JSONField()
    digest = models.CharField(max_length=71)
    cites = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="cited_by")
    made_at = models.DateTimeField("tính lúc", auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="one_snapshot_per_number"),
            models.UniqueConstraint(fields=["round", "digest"], name="one_snapshot_per_result"),
        ]
