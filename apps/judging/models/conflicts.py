"""Conflicts of interest of council and panel members, and what a member says of themselves so that they are found."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from apps.dossiers.models import Entry
from apps.facilities.models import Facility
from apps.judging.states import ConflictState
from apps.rounds.models import Round
from tieubieu.rows import Row


class ConflictKind(models.TextChoices):
    OWNERSHIP = "ownership", "Sở hữu, góp vốn hoặc tham gia quản lý cơ sở"
    EMPLOYMENT = "employment", "Đang hoặc đã từng làm việc cho cơ sở"
    FAMILY = "family", "Có người thân là chủ, người quản lý cơ sở"
    BUSINESS = "business", "Có quan hệ làm ăn, vay nợ hoặc tư vấn"
    COMPETITOR = "competitor", "Cạnh tranh trực tiếp với cơ sở"
    OTHER = "other", "Lý do khác"


class Source(models.TextChoices):
    DECLARED = "declared", "Thành viên tự khai"
    DETECTED = "detected", "Hệ thống phát hiện"


class Conflict(Row):
    """What may stand between a person and a facility in one round: of one entry, or of all the facility has there.

    It is the person's in every seat they hold in the round. `signs` say what was found: `[{"sign", "value", "words"}]`;
    `is_current` is false once the data no longer show them, which takes nothing back before somebody decides.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="conflicts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="conflicts")
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="conflicts")
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, blank=True, related_name="conflicts")
    source = models.CharField("nguồn", max_length=8, choices=Source.choices)
    kind = models.CharField("quan hệ", max_length=10, choices=ConflictKind.choices)
    words = models.TextField("nội dung", blank=True)
    signs = models.JSONField("dấu hiệu", default=list)
    is_current = models.BooleanField("dấu hiệu còn trên dữ liệu", default=True)
    state = models.CharField("trạng thái", max_length=9, choices=ConflictState.choices, default=ConflictState.OPEN)
    decision = models.CharField("lý do quyết định", max_length=500, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="conflicts_decided"
    )
    decided_at = models.DateTimeField("quyết định lúc", null=True, blank=True)
    taken_back_at = models.DateTimeField("rút lại quyết định lúc", null=True, blank=True)
    made_at = models.DateTimeField("ghi nhận lúc", db_default=Now())

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "person", "facility"],
                condition=Q(source=Source.DETECTED, state=ConflictState.OPEN),
                name="one_open_finding_per_person_and_facility",
            ),
            models.CheckConstraint(
                condition=Q(state=ConflictState.OPEN, decided_by__isnull=True)
                | (~Q(state=ConflictState.OPEN) & Q(decided_by__isnull=False)),
                name="a_decided_conflict_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=models.F("person")), name="nobody_decides_their_own_conflict"
            ),
            models.CheckConstraint(
                condition=~Q(state=ConflictState.DISMISSED, decision=""), name="a_dismissal_has_its_reason"
            ),
        ]
        indexes = [models.Index(fields=["round", "person"], name="conflicts_of_a_person")]

    def __str__(self) -> str:
        return f"{self.person} – {self.facility}"

    @property
    def told(self) -> str:
        """What speaks for it: the member's words, or each sign in words."""
        return self.words or " ".join(sign["words"] for sign in self.signs)


class AffiliationKind(models.TextChoices):
    EMPLOYER = "employer", "Nơi đã hoặc đang làm việc"
    ENTERPRISE = "enterprise", "Doanh nghiệp, cơ sở của bản thân"


class Affiliation(Row):
    """Where a member works or worked, or an enterprise of their own, as they say themselves."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="affiliations")
    kind = models.CharField("loại", max_length=10, choices=AffiliationKind.choices)
    name = models.CharField("tên", max_length=250)
    tax_code = models.CharField("mã số thuế", max_length=14, blank=True)
    since_year = models.PositiveSmallIntegerField("từ năm", null=True, blank=True)
    until_year = models.PositiveSmallIntegerField("đến năm", null=True, blank=True)

    class Meta:
        ordering = ["kind", "-since_year", "name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "name"], name="one_affiliation_per_name"),
            models.CheckConstraint(
                condition=Q(since_year__isnull=True)
                | Q(until_year__isnull=True)
                | Q(until_year__gte=models.F("since_year")),
                name="an_affiliation_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def period(self) -> str:
        """`2015–2019`, `từ 2015`, `đến 2019`, or nothing."""
        if self.since_year and self.until_year:
            return f"{self.since_year}–{self.until_year}"
        if self.since_year:
            return f"từ {self.since_year}"
        return f"đến {self.until_year}" if self.until_year else ""


class MemberProfile(Row):
    """What else a member says of themselves for the search for conflicts."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="member_profile")
    address = models.CharField("địa chỉ nhà", max_length=300, blank=True)
