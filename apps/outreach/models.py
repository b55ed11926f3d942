"""A campaign of a round, whom it invited and why, and who was reminded of what."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.urls import reverse

from apps.facilities.models import Facility
from apps.outreach.states import CampaignState, ReminderKind
from apps.rounds.models import Round
from tieubieu.notices.models import Mail
from tieubieu.rows import Row


class Campaign(Row):
    """Facilities of a round that fit the criteria are invited once. `version` rises with every saved change."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="campaigns")
    name = models.CharField("tên đợt vận động", max_length=150)
    criteria = models.JSONField("cách chọn cơ sở", default=dict)
    left_out = models.JSONField("cơ sở không mời", default=list)
    subject = models.CharField("tiêu đề thư", max_length=200)
    text = models.TextField("nội dung thư")
    issuer = models.CharField("cơ quan mời", max_length=200)
    place = models.CharField("nơi ký thư", max_length=60, blank=True)
    signer_title = models.CharField("chức vụ người ký", max_length=200, blank=True)
    signer = models.CharField("người ký", max_length=150, blank=True)
    state = models.CharField("trạng thái", max_length=5, choices=CampaignState.choices, default=CampaignState.DRAFT)
    version = models.PositiveIntegerField("lần sửa", default=1)
    letters_document_id = models.UUIDField("tệp thư in", null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="campaigns")
    created_at = models.DateTimeField("soạn lúc", db_default=Now())
    sent_at = models.DateTimeField("gửi lúc", null=True)

    class Meta:
        ordering = ["-created_at", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def commune_code(self) -> str:
        return self.round.commune_code


class Invitation(Row):
    """One facility of one campaign. `reasons` are the sentences as they held when it was invited; `token` is the signed
    part of the personal link, made once so that letter, code and reminder lead to the same address."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="invitations")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="invitations")
    reasons = models.JSONField("vì sao mời", default=list)
    address = models.EmailField("thư điện tử", blank=True)
    mail = models.ForeignKey(Mail, models.PROTECT, null=True, related_name="+")
    token = models.CharField("liên kết riêng", max_length=200)
    opened_at = models.DateTimeField("mở lúc", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "facility"], name="invited_once_a_campaign")]

    def __str__(self) -> str:
        return f"{self.facility} – {self.campaign}"

    @property
    def path(self) -> str:
        """Where the personal link leads on this tenant's host."""
        return reverse("outreach:invitation", args=[self.token])


class Reminder(Row):
    """Of one kind, on one occasion, a facility is reminded once in a round, whichever campaign or clock asks."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="reminders")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="reminders")
    kind = models.CharField("loại", max_length=11, choices=ReminderKind.choices)
    occasion = models.CharField("dịp", max_length=40, blank=True)
    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True, related_name="reminders")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField("nhắc lúc", db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "facility", "kind", "occasion"], name="reminded_once_an_occasion")
        ]
