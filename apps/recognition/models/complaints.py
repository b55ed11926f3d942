"""Complaints about a published result (Điều 20 TT 26/2014/TT-BCT), and what was marked anew because of them."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from apps.dossiers.models import Entry
from apps.facilities.models import Facility
from apps.judging.models import Sheet, Snapshot
from apps.recognition.states import OPEN_COMPLAINTS, ComplaintState, ReviewState
from apps.rounds.models import Appointment, Round
from tieubieu.rows import Row


class Verdict(models.TextChoices):
    UPHELD = "upheld", "Chấp nhận khiếu nại"
    PARTLY = "partly", "Chấp nhận một phần"
    REJECTED = "rejected", "Không chấp nhận khiếu nại"


# The verdicts after which the result that was computed anew counts.
GRANTING = (Verdict.UPHELD, Verdict.PARTLY)


class Complaint(Row):
    """A facility's complaint about its own entry's result.

    `criteria` are the codes it disputes. One that arrived on paper names who brought it; `filed_by` is then the officer
    who entered it and `filed_at` the paper's receipt, from which the legal time counts. `base` is the result that the
    disputed marks were replaced in, `revised` what came of it; they are one row when nothing changed.
    """

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="complaints")
    code = models.CharField("mã biên nhận", max_length=20, unique=True)
    state = models.CharField("trạng thái", max_length=9, choices=ComplaintState.choices, default=ComplaintState.FILED)
    criteria = models.JSONField("tiêu chí bị khiếu nại", default=list)
    text = models.TextField("nội dung khiếu nại")
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="complaints_filed")
    filed_at = models.DateTimeField("nhận đơn lúc", db_default=Now())
    brought_by = models.CharField("người nộp đơn giấy", max_length=150, blank=True, db_default="")
    entered_at = models.DateTimeField("nhập đơn giấy lúc", null=True)
    due_on = models.DateField("hạn trả lời", null=True, blank=True)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField("tiếp nhận lúc", null=True)
    base = models.ForeignKey(Snapshot, models.PROTECT, null=True, related_name="+")
    revised = models.ForeignKey(Snapshot, models.PROTECT, null=True, related_name="+")
    verdict = models.CharField("kết luận", max_length=8, choices=Verdict.choices, blank=True)
    answer = models.TextField("nội dung trả lời", blank=True)
    answer_number = models.CharField("số văn bản trả lời", max_length=60, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField("trả lời lúc", null=True)
    withdrawn_at = models.DateTimeField("rút lúc", null=True)

    class Meta:
        ordering = ["filed_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry"],
                condition=models.Q(state__in=sorted(OPEN_COMPLAINTS)),
                name="one_open_complaint_per_entry",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=ComplaintState.ANSWERED) | ~models.Q(verdict=""),
                name="an_answered_complaint_has_its_verdict",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def round(self) -> Round:
        return self.entry.round

    @property
    def facility(self) -> Facility:
        return self.entry.facility

    @property
    def is_on_paper(self) -> bool:
        return bool(self.brought_by)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_COMPLAINTS


class ComplaintPaper(Row):
    """A paper that the facility put to its complaint; proven like every upload."""

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="papers")
    file_id = models.UUIDField("tệp đã kiểm tra")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField("nộp lúc", db_default=Now())

    class Meta:
        ordering = ["added_at", "id"]


class Review(Row):
    """A member marks the disputed criteria anew, in the place of one sheet that counted; the sheet itself stays."""

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="reviews")
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="reviews")
    member = models.ForeignKey(Appointment, models.PROTECT, related_name="reviews")
    state = models.CharField("trạng thái", max_length=7, choices=ReviewState.choices, default=ReviewState.DRAFT)
    marks = models.JSONField("điểm chấm lại", default=dict)
    remark = models.TextField("nhận xét", blank=True)
    version = models.PositiveIntegerField("số lần ghi", default=0, db_default=0)
    nonce = models.CharField(max_length=32, blank=True)
    receipt_code = models.CharField("mã biên nhận", max_length=64, blank=True)
    assigned_at = models.DateTimeField("giao lúc", db_default=Now())
    locked_at = models.DateTimeField("khóa lúc", null=True)

    class Meta:
        ordering = ["assigned_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "sheet"],
                condition=~models.Q(state=ReviewState.DROPPED),
                name="one_review_in_place_of_a_sheet",
            ),
        ]

    @property
    def round(self) -> Round:
        return self.complaint.entry.round
