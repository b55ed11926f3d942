"""Photos and papers of a dossier, each in the place where the form asks for it."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from apps.dossiers.models.entries import Entry
from tieubieu.rows import Row


class Slot(models.TextChoices):
    """Điều 12 TT 26/2014/TT-BCT."""

    PHOTO_FRONT = "photo_front", "Ảnh chính diện"
    PHOTO_SIDE = "photo_side", "Ảnh mặt bên"
    PHOTO_TOP = "photo_top", "Ảnh từ trên xuống"
    BUSINESS_LICENCE = "business_licence", "Giấy chứng nhận đăng ký kinh doanh"
    LOWER_CERTIFICATE = "lower_certificate", "Giấy chứng nhận cấp dưới còn hiệu lực"
    QUALITY = "quality", "Giấy chứng nhận chất lượng, tiêu chuẩn"
    FOOD_SAFETY = "food_safety", "Giấy chứng nhận an toàn thực phẩm"
    AWARD = "award", "Giải thưởng, danh hiệu"
    OTHER = "other", "Giấy tờ khác"


class Paper(Row):
    """A stored file in a slot. A change after filing is held apart until the dossier is filed again."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="papers")
    slot = models.CharField("loại giấy tờ", max_length=20, choices=Slot.choices)
    file_id = models.UUIDField("tệp đã kiểm tra")
    caption = models.CharField("chú thích", max_length=200, blank=True)
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="papers_added")
    added_at = models.DateTimeField("nộp lúc", db_default=Now())
    is_held = models.BooleanField("thêm sau khi gửi, chờ gửi lại", default=False)
    is_leaving = models.BooleanField("bỏ sau khi gửi, chờ gửi lại", default=False)
    removed_at = models.DateTimeField("bỏ lúc", null=True, blank=True)

    class Meta:
        ordering = ["slot", "position", "added_at", "id"]
        indexes = [models.Index(fields=["entry", "slot"], name="papers_of_an_entry")]
