"""The life of a campaign, and how far an invited facility has come."""

from django.db import models


class CampaignState(models.TextChoices):
    DRAFT = "draft", "Đang soạn"
    SENT = "sent", "Đã gửi"


MOVES: dict[str, tuple[frozenset[CampaignState], CampaignState]] = {
    "send": (frozenset({CampaignState.DRAFT}), CampaignState.SENT),
}


class Step(models.TextChoices):
    """Never stored: read from the letter, the link and the entries, the farthest first."""

    FILED = "filed", "Đã gửi hồ sơ"
    STARTED = "started", "Đang soạn hồ sơ"
    OPENED = "opened", "Đã mở thư mời"
    SENT = "sent", "Đã gửi thư, chưa mở"
    WAITING = "waiting", "Thư đang chờ gửi"
    FAILED = "failed", "Thư không tới được"
    PAPER = "paper", "Mời bằng thư giấy"


class ReminderKind(models.TextChoices):
    NOT_STARTED = "not_started", "Nhắc cơ sở chưa bắt đầu"
    UNFILED = "unfiled", "Nhắc cơ sở chưa gửi hồ sơ đang soạn"
    CLOSING = "closing", "Nhắc trước khi hết hạn nhận hồ sơ"


# What an officer may send by hand; the last one the clock sends.
BY_HAND = (ReminderKind.NOT_STARTED, ReminderKind.UNFILED)
