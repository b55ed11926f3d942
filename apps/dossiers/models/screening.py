"""What screening says of a dossier: the checklist, supplements pinned to places, and the talk about them."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from apps.dossiers.models.entries import Entry
from tieubieu.rows import Row


class Verdict(models.TextChoices):
    """No row of `Check` means that nobody has looked yet."""

    GOOD = "good", "Đạt"
    MISSING = "missing", "Thiếu"
    WRONG = "wrong", "Chưa đúng"


class Check(Row):
    """One line of the checklist as an officer found it."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="checks")
    place = models.CharField("ô hoặc giấy tờ", max_length=60)
    verdict = models.CharField("kết quả", max_length=7, choices=Verdict.choices)
    note = models.CharField("ghi chú", max_length=500, blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="checks_made")
    checked_at = models.DateTimeField("kiểm tra lúc", db_default=Now())
    version = models.PositiveIntegerField("phiên bản", default=1, db_default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "place"], name="one_check_per_place")]


class SupplementState(models.TextChoices):
    OPEN = "open", "Chờ cơ sở bổ sung"
    ANSWERED = "answered", "Cơ sở đã bổ sung"
    CANCELLED = "cancelled", "Đã rút lại yêu cầu"


class Supplement(Row):
    """A request for supplement; while one is open the dossier can be filed again whatever window has closed."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="supplements")
    state = models.CharField("trạng thái", max_length=9, choices=SupplementState.choices, default=SupplementState.OPEN)
    text = models.TextField("nội dung yêu cầu")
    due_on = models.DateField("hạn bổ sung")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="supplements_asked")
    asked_at = models.DateTimeField("yêu cầu lúc", db_default=Now())
    ended_at = models.DateTimeField("kết thúc lúc", null=True, blank=True)
    looked_at = models.DateTimeField("đã xem phần bổ sung lúc", null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry"], condition=models.Q(state="open"), name="one_open_supplement_per_entry"
            )
        ]


class Wrong(models.TextChoices):
    INCORRECT = "incorrect", "Chưa đúng"
    INCOMPLETE = "incomplete", "Chưa đủ"
    OUTDATED = "outdated", "Đã cũ"


class Point(Row):
    """One field or paper to mend. `place` is `field:<code>` or `paper:<slot>`."""

    supplement = models.ForeignKey(Supplement, models.CASCADE, related_name="points")
    place = models.CharField("ô hoặc giấy tờ", max_length=60)
    wrong = models.CharField("lý do", max_length=10, choices=Wrong.choices)
    note = models.CharField("cần sửa gì", max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["supplement", "place"], name="one_point_per_place")]


class Side(models.TextChoices):
    AUTHORITY = "authority", "Cơ quan tiếp nhận"
    FACILITY = "facility", "Cơ sở"


class Note(Row):
    """One word in the talk about a dossier, seen by both sides."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="notes")
    supplement = models.ForeignKey(Supplement, models.SET_NULL, null=True, blank=True, related_name="notes")
    side = models.CharField("bên viết", max_length=9, choices=Side.choices)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="dossier_notes")
    text = models.TextField("nội dung")
    written_at = models.DateTimeField("viết lúc", db_default=Now())

    class Meta:
        ordering = ["written_at", "id"]


class SavedView(Row):
    """One person's own way of looking at the work queue: a name and the filters of its address."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="desk_views")
    name = models.CharField("tên", max_length=60)
    filters = models.JSONField("bộ lọc", default=dict)

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="one_view_per_name_and_person")]
