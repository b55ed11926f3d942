"""The round, its frozen rules, its windows and the people appointed to it."""

from django.conf import settings
from django.db import models

from apps.rounds.states import GRANTS, Capability, Phase
from tieubieu.rows import Row


class Level(models.TextChoices):
    """Điều 3 TT 26/2014/TT-BCT; the lowest level is the commune since TT 38/2025/TT-BCT."""

    COMMUNE = "commune", "cấp xã"
    PROVINCE = "province", "cấp tỉnh"
    REGION = "region", "cấp khu vực"
    NATION = "nation", "cấp quốc gia"


class Round(Row):
    code = models.CharField("mã kỳ", max_length=30, unique=True)
    level = models.CharField("cấp", max_length=10, choices=Level.choices)
    year = models.PositiveSmallIntegerField("năm")
    ordinal = models.PositiveSmallIntegerField("lần thứ", default=1)
    name = models.CharField("tên kỳ bình chọn", max_length=250)
    area_code = models.CharField("mã tỉnh hoặc khu vực", max_length=10)
    phase = models.CharField("giai đoạn", max_length=12, choices=Phase.choices, default=Phase.DRAFT)
    plan_number = models.CharField("số kế hoạch", max_length=60, blank=True)
    plan_on = models.DateField("ngày kế hoạch", null=True, blank=True)
    rules = models.JSONField("bộ quy định đã chốt", default=dict)
    rules_digest = models.CharField(max_length=71, blank=True)
    is_demo = models.BooleanField("dữ liệu minh họa", default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-year", "-ordinal", "code"]
        constraints = [
            models.UniqueConstraint(fields=["level", "area_code", "year", "ordinal"], name="one_round_per_edition"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def commune_code(self) -> str:
        """The commune of a round at the lowest level; "" for every other round."""
        return self.area_code if self.level == Level.COMMUNE else ""

    def may(self, capability: Capability) -> bool:
        """Whether the round's phase grants the capability."""
        return capability in GRANTS[Phase(self.phase)]


class WindowKind(models.TextChoices):
    ANNOUNCE = "announce", "Thông báo"
    FILING = "filing", "Nhận hồ sơ"
    SCREENING = "screening", "Kiểm tra hồ sơ"
    SCORING = "scoring", "Chấm điểm"
    COUNCIL = "council", "Họp Hội đồng"
    COMPLAINT = "complaint", "Khiếu nại"


class Window(Row):
    """Half-open: from `opens_at` up to but not at `closes_at`."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="windows")
    kind = models.CharField("việc", max_length=10, choices=WindowKind.choices)
    opens_at = models.DateTimeField("mở lúc")
    closes_at = models.DateTimeField("đóng lúc")
    responsible = models.CharField("người chịu trách nhiệm", max_length=150, blank=True)

    class Meta:
        ordering = ["opens_at", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["round", "kind"], name="one_window_per_kind"),
            models.CheckConstraint(condition=models.Q(closes_at__gt=models.F("opens_at")), name="window_has_length"),
        ]


class Body(models.TextChoices):
    COUNCIL = "council", "Hội đồng bình chọn"
    PANEL = "panel", "Ban Giám khảo"
    SUPPORT = "support", "Tổ chuyên môn giúp việc"


class Post(models.TextChoices):
    CHAIR = "chair", "Chủ tịch / Trưởng ban"
    DEPUTY = "deputy", "Phó Chủ tịch / Phó Trưởng ban"
    SECRETARY = "secretary", "Thư ký"
    MEMBER = "member", "Thành viên"


class Appointment(Row):
    round = models.ForeignKey(Round, models.PROTECT, related_name="appointments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="appointments")
    body = models.CharField("tổ chức", max_length=10, choices=Body.choices)
    post = models.CharField("cương vị", max_length=10, choices=Post.choices, default=Post.MEMBER)
    seat = models.PositiveSmallIntegerField("thứ tự", default=1)

    class Meta:
        ordering = ["body", "seat"]
        constraints = [models.UniqueConstraint(fields=["round", "person", "body"], name="one_seat_per_person_and_body")]
