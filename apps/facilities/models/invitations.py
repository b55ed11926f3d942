"""An invitation to act for a facility: by a signed link or by a short code, for a while, once."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from apps.facilities.models.facility import AgentKind, Facility
from tieubieu.rows import Row


class AgentInvitation(Row):
    """Only the digest of the code is kept."""

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="agent_invitations")
    kind = models.CharField("tư cách", max_length=5, choices=AgentKind.choices)
    email = models.EmailField("thư điện tử", blank=True)
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="agent_invitations_sent")
    invited_at = models.DateTimeField("mời lúc", db_default=Now())
    expires_at = models.DateTimeField("hết hạn lúc")
    used_at = models.DateTimeField("nhận lúc", null=True, blank=True)
    used_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="agent_invitations_taken"
    )

    class Meta:
        ordering = ["-invited_at", "id"]

    def __str__(self) -> str:
        return f"{self.facility}"
