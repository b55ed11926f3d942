"""Work that takes a while, as the page shows it: one job, one line per thing to be made."""

from django.db import models
from django.db.models.functions import Now

from tieubieu.rows import Row


class JobState(models.TextChoices):
    RUNNING = "running", "Đang làm"
    DONE = "done", "Đã xong"
    FAILED = "failed", "Có lỗi"
    CANCELLED = "cancelled", "Đã dừng"


class ItemState(models.TextChoices):
    WAITING = "waiting", "Đang chờ"
    DONE = "done", "Đã xong"
    FAILED = "failed", "Có lỗi"


class Job(Row):
    kind = models.CharField("loại việc", max_length=60)
    subject_kind = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=64)
    label = models.CharField("việc", max_length=300)
    asked_by = models.CharField("người yêu cầu", max_length=150, blank=True)
    state = models.CharField("trạng thái", max_length=10, choices=JobState, default=JobState.RUNNING)
    total = models.PositiveIntegerField("tổng số")
    created_at = models.DateTimeField("bắt đầu", db_default=Now())
    finished_at = models.DateTimeField("kết thúc", null=True)

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_id", "-created_at"], name="progress_of_subject")]

    def __str__(self) -> str:
        return self.label


class JobItem(Row):
    job = models.ForeignKey(Job, models.CASCADE, related_name="items")
    key = models.CharField("mục", max_length=100)
    state = models.CharField("trạng thái", max_length=10, choices=ItemState, default=ItemState.WAITING)
    error = models.TextField("lỗi", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "key"], name="progress_item_once")]

    def __str__(self) -> str:
        return self.key
