"""The round, its frozen rules, its windows and the people appointed to it, each with its history."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from apps.rounds.states import GRANTS, NOT_OPENED, Capability, Phase
from tieubieu.rows import Row


class Level(models.TextChoices):
    """Điều 3 TT 26/2014/TT-BCT; the lowest level is the commune since TT 38/2025/TT-BCT."""

    COMMUNE = "commune", "cấp xã"
    PROVINCE = "province", "cấp tỉnh"
    REGION = "region", "cấp khu vực"
    NATION = "nation", "cấp quốc gia"


class Handing(models.TextChoices):
    """Who scores which entry of the round."""

    WHOLE = "whole", "Cả Ban Giám khảo chấm mọi hồ sơ"
    BALANCED = "balanced", "Phân công cân đối: mỗi hồ sơ một số giám khảo"


class Round(Row):
    """`handing`, `judges_per_entry` and `by_expertise` say how the score sheets are handed out when scoring begins."""

    code = models.CharField("mã kỳ", max_length=30, unique=True)
    level = models.CharField("cấp", max_length=10, choices=Level.choices)
    year = models.PositiveSmallIntegerField("năm")
    ordinal = models.PositiveSmallIntegerField("lần thứ", default=1)
    name = models.CharField("tên kỳ bình chọn", max_length=250)
    area_code = models.CharField("mã tỉnh hoặc khu vực", max_length=10)
    phase = models.CharField("giai đoạn", max_length=12, choices=Phase.choices, default=Phase.DRAFT)
    plan_number = models.CharField("số kế hoạch", max_length=60, blank=True)
    plan_on = models.DateField("ngày kế hoạch", null=True, blank=True)
    plan_authority = models.CharField("cơ quan ban hành kế hoạch", max_length=200, blank=True)
    plan_file_id = models.UUIDField("tệp kế hoạch đã ký", null=True, blank=True)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="rounds_led"
    )
    choices = models.JSONField("lựa chọn đang soạn", default=dict)
    choices_version = models.PositiveIntegerField("lần sửa lựa chọn", default=0)
    rules = models.JSONField("bộ quy định đã chốt", default=dict)
    rules_digest = models.CharField(max_length=71, blank=True)
    handing = models.CharField(
        "cách giao phiếu chấm", max_length=8, choices=Handing.choices, default=Handing.WHOLE, db_default=Handing.WHOLE
    )
    judges_per_entry = models.PositiveSmallIntegerField("số giám khảo mỗi hồ sơ", null=True, blank=True)
    by_expertise = models.BooleanField("theo chuyên môn", default=False, db_default=False)
    is_demo = models.BooleanField("dữ liệu minh họa", default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-year", "-ordinal", "code"]
        constraints = [
            models.UniqueConstraint(fields=["level", "area_code", "year", "ordinal"], name="one_round_per_edition"),
            models.CheckConstraint(
                condition=~models.Q(handing=Handing.BALANCED) | models.Q(judges_per_entry__gte=1),
                name="balanced_handing_says_how_many_judges",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_running(self) -> bool:
        """Whether the round was opened, so that people outside may count on what it promised."""
        return self.phase not in NOT_OPENED

    @property
    def is_balanced(self) -> bool:
        """Whether each entry goes to some of the panel instead of all of it."""
        return self.handing == Handing.BALANCED

    @property
    def commune_code(self) -> str:
        """The commune of a round at the lowest level; "" for every other round."""
        return self.area_code if self.level == Level.COMMUNE else ""

    @property
    def has_results(self) -> bool:
        """Whether the results were published, so that everybody may know theirs."""
        return self.may(Capability.SHOW_RESULTS)

    def may(self, capability: Capability) -> bool:
        """Whether the round's phase grants the capability."""
        return capability in GRANTS[Phase(self.phase)]


class WindowKind(models.TextChoices):
    ANNOUNCE = "announce", "Thông báo"
    FILING = "filing", "Nhận hồ sơ"
    SUPPLEMENT = "supplement", "Bổ sung hồ sơ"
    SCREENING = "screening", "Kiểm tra hồ sơ"
    SCORING = "scoring", "Chấm điểm"
    COUNCIL = "council", "Họp Hội đồng"
    COMPLAINT = "complaint", "Khiếu nại"

    @property
    def within_a_sentence(self) -> str:
        """`họp Hội đồng`: the label as it stands inside a sentence."""
        return self.label[0].lower() + self.label[1:]


class Window(Row):
    """Half-open: from `opens_at` up to but not at `closes_at`. `responsible` is the officer's name as it was told."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="windows")
    kind = models.CharField("việc", max_length=10, choices=WindowKind.choices)
    opens_at = models.DateTimeField("mở lúc")
    closes_at = models.DateTimeField("đóng lúc")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="windows_kept"
    )
    responsible = models.CharField("người chịu trách nhiệm", max_length=150, blank=True)

    class Meta:
        ordering = ["opens_at", "closes_at", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["round", "kind"], name="one_window_per_kind"),
            models.CheckConstraint(condition=models.Q(closes_at__gt=models.F("opens_at")), name="window_has_length"),
        ]


class WindowChange(Row):
    """One setting or moving of a window: what it was, what it became, who did it and why."""

    window = models.ForeignKey(Window, models.CASCADE, related_name="changes")
    opened_before = models.DateTimeField("trước đó mở lúc", null=True)
    closed_before = models.DateTimeField("trước đó đóng lúc", null=True)
    responsible_before = models.CharField("trước đó do ai", max_length=150, blank=True)
    opens_at = models.DateTimeField("mở lúc")
    closes_at = models.DateTimeField("đóng lúc")
    responsible = models.CharField("người chịu trách nhiệm", max_length=150, blank=True)
    reason = models.CharField("lý do", max_length=500, blank=True)
    document_number = models.CharField("số văn bản", max_length=60, blank=True)
    document_on = models.DateField("ngày văn bản", null=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="window_changes")
    changed_at = models.DateTimeField("lúc", db_default=Now())

    class Meta:
        ordering = ["-changed_at", "id"]

    @property
    def title(self) -> str:
        """`Gia hạn nhận hồ sơ`, or that the time changed in another way."""
        is_longer = self.opens_at == self.opened_before and self.closed_before and self.closes_at > self.closed_before
        return f"{'Gia hạn' if is_longer else 'Đổi thời hạn'} {WindowKind(self.window.kind).within_a_sentence}"


class LegalBases(Row):
    """One version of the round's own list of legal bases (căn cứ); the newest counts."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="bases")
    number = models.PositiveIntegerField("phiên bản")
    items = models.JSONField("các căn cứ")
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="bases_saved")
    saved_at = models.DateTimeField("lưu lúc", db_default=Now())

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="one_list_of_bases_per_number")]


class LocalDayKind(models.TextChoices):
    OFF = "off", "Ngày nghỉ"
    WORKED = "worked", "Ngày nghỉ phải đi làm"


class LocalDay(Row):
    """A day on which this province's offices work otherwise than the national calendar says."""

    date = models.DateField("ngày", unique=True)
    kind = models.CharField("loại", max_length=6, choices=LocalDayKind.choices)
    name = models.CharField("tên", max_length=100)

    class Meta:
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date:%d/%m/%Y} {self.name}"


class Body(models.TextChoices):
    COUNCIL = "council", "Hội đồng bình chọn"
    PANEL = "panel", "Ban Giám khảo"
    SUPPORT = "support", "Tổ chuyên môn giúp việc"


class Post(models.TextChoices):
    CHAIR = "chair", "Chủ tịch / Trưởng ban"
    DEPUTY = "deputy", "Phó Chủ tịch / Phó Trưởng ban"
    SECRETARY = "secretary", "Thư ký"
    MEMBER = "member", "Thành viên"


TITLES: dict[str, dict[str, str]] = {
    Body.COUNCIL: {Post.CHAIR: "Chủ tịch Hội đồng", Post.DEPUTY: "Phó Chủ tịch Hội đồng"},
    Body.PANEL: {Post.CHAIR: "Trưởng Ban Giám khảo", Post.DEPUTY: "Phó Trưởng Ban Giám khảo"},
    Body.SUPPORT: {Post.CHAIR: "Tổ trưởng", Post.DEPUTY: "Tổ phó"},
}


def title_of(body: str, post: str) -> str:
    """How the post is called in this body: `Trưởng Ban Giám khảo`, `Thư ký`."""
    return TITLES[body].get(post, Post(post).label)


class Appointment(Row):
    """`groups` are the product groups in which a judge said to be expert; none stated is any."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="appointments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="appointments")
    body = models.CharField("tổ chức", max_length=10, choices=Body.choices)
    post = models.CharField("cương vị", max_length=10, choices=Post.choices, default=Post.MEMBER)
    seat = models.PositiveSmallIntegerField("thứ tự", default=1)
    groups = models.JSONField("nhóm sản phẩm chuyên môn", default=list, db_default=[], blank=True)

    class Meta:
        ordering = ["body", "seat"]
        constraints = [models.UniqueConstraint(fields=["round", "person", "body"], name="one_seat_per_person_and_body")]

    @property
    def title(self) -> str:
        return title_of(self.body, self.post)


class SeatChange(Row):
    """One change of a seat. The seats themselves are `Appointment`; whoever left stands only here."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="seat_changes")
    body = models.CharField("tổ chức", max_length=10, choices=Body.choices)
    post = models.CharField("cương vị", max_length=10, choices=Post.choices)
    left = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="seats_left")
    joined = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="seats_joined")
    reason = models.CharField("lý do", max_length=500, blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="seat_changes_made")
    changed_at = models.DateTimeField("lúc", db_default=Now())

    class Meta:
        ordering = ["-changed_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(left__isnull=False) | models.Q(joined__isnull=False), name="somebody_left_or_joined"
            )
        ]
