"""A notice to one person, and a letter to one address. Officials' and facilities' never share a list."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from tieubieu.lib.text import fold
from tieubieu.rows import Row


class Audience(models.TextChoices):
    OFFICIALS = "officials", "Cơ quan quản lý"
    FACILITIES = "facilities", "Cơ sở"


class Notice(Row):
    """Written by `services.tell`. `url` is a path on this host; `key` makes telling twice the same as once."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    audience = models.CharField("gửi tới", max_length=10, choices=Audience.choices)
    subject = models.CharField("tiêu đề", max_length=200)
    text = models.TextField("nội dung")
    url = models.CharField("trang", max_length=300, blank=True)
    about_kind = models.CharField(max_length=80, blank=True)
    about_id = models.CharField(max_length=64, blank=True)
    key = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField("lúc", db_default=Now())
    read_at = models.DateTimeField("đọc lúc", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], condition=~Q(key=""), name="notice_told_once"),
        ]
        indexes = [
            models.Index(fields=["person", "-created_at"], name="notices_of_person"),
            models.Index(fields=["person"], condition=Q(read_at__isnull=True), name="notices_unread"),
        ]

    def __str__(self) -> str:
        return self.subject


class MailState(models.TextChoices):
    WAITING = "waiting", "Đang chờ gửi"
    SENT = "sent", "Đã gửi"
    FAILED = "failed", "Không gửi được"


class Mail(Row):
    """Written by `services.write_mail` or `tell`, sent by an errand; kept so that support sees what was sent."""

    notice = models.ForeignKey(Notice, models.SET_NULL, null=True, related_name="mails")
    address = models.EmailField("địa chỉ")
    audience = models.CharField("gửi tới", max_length=10, choices=Audience.choices)
    subject = models.CharField("tiêu đề", max_length=200)
    body = models.TextField("nội dung")
    url = models.CharField("trang", max_length=300, blank=True)
    key = models.CharField(max_length=200, blank=True)
    state = models.CharField("trạng thái", max_length=7, choices=MailState.choices, default=MailState.WAITING)
    tries = models.PositiveIntegerField("số lần gửi", default=0)
    error = models.TextField("lỗi", blank=True)
    words_folded = models.CharField(max_length=500, editable=False)
    created_at = models.DateTimeField("lập lúc", db_default=Now())
    sent_at = models.DateTimeField("gửi lúc", null=True)
    opened_at = models.DateTimeField("mở lúc", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="mail_written_once")]
        indexes = [models.Index(fields=["audience", "-created_at"], name="mail_of_audience")]

    def __str__(self) -> str:
        return f"{self.subject} → {self.address}"

    def key_words(self) -> None:
        """Compute what search compares."""
        self.words_folded = fold(f"{self.subject} {self.address}")[:500]
