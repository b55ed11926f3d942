"""The facility itself, what it makes, and who may act for it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from apps.facilities.models.villages import CraftVillage
from apps.facilities.states import Standing
from tieubieu.lib.text import fold, sort_key
from tieubieu.rows import Row


class FacilityKind(models.TextChoices):
    """Điều 1.1 NĐ 235/2025/NĐ-CP; whether a company is small or medium is told by its figures."""

    COMPANY = "company", "Doanh nghiệp"
    COOPERATIVE = "cooperative", "Hợp tác xã"
    COOPERATIVE_UNION = "cooperative_union", "Liên hiệp hợp tác xã"
    COOPERATIVE_GROUP = "cooperative_group", "Tổ hợp tác"
    HOUSEHOLD = "household", "Hộ kinh doanh"


class Facility(Row):
    """`version` rises with each change of what people typed, so that two editors notice each other.

    A facility that was merged keeps its row and its history; `merged_into` leads straight to the one that stands
    for it today, never to another merged one.
    """

    name = models.CharField("tên cơ sở", max_length=250)
    name_key = models.CharField(max_length=1000, editable=False, db_index=True)
    name_folded = models.CharField(max_length=250, editable=False, db_index=True)
    kind = models.CharField("loại hình", max_length=20, choices=FacilityKind.choices)
    tax_code = models.CharField("mã số thuế", max_length=14)
    province_code = models.CharField("mã tỉnh, thành phố", max_length=2)
    commune_code = models.CharField("xã, phường, đặc khu", max_length=5, blank=True)
    address = models.CharField("địa chỉ", max_length=300)
    representative = models.CharField("người đại diện", max_length=150, blank=True)
    contact_name = models.CharField("người liên hệ", max_length=150, blank=True)
    phone = models.CharField("điện thoại", max_length=20, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    website = models.CharField("trang thông tin điện tử", max_length=200, blank=True)
    craft_village = models.ForeignKey(
        CraftVillage, models.PROTECT, null=True, blank=True, related_name="facilities", verbose_name="làng nghề"
    )
    standing = models.CharField("tình trạng", max_length=10, choices=Standing.choices, default=Standing.REGISTERED)
    standing_reason = models.CharField("lý do chưa duyệt", max_length=500, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_from")
    version = models.PositiveIntegerField("lần sửa", default=1)
    is_demo = models.BooleanField("dữ liệu minh họa", default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name_key", "id"]
        constraints = [
            models.UniqueConstraint(fields=["tax_code"], name="one_facility_per_tax_code"),
            models.CheckConstraint(
                condition=Q(standing=Standing.MERGED, merged_into__isnull=False)
                | (~Q(standing=Standing.MERGED) & Q(merged_into__isnull=True)),
                name="a_merged_facility_says_into_which",
            ),
        ]
        indexes = [models.Index(fields=["commune_code", "name_key"], name="facilities_of_a_commune")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.key_names()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def key_names(self) -> None:
        """Compute the stored order and search keys; bulk writers call it themselves."""
        self.name_key = sort_key(self.name)
        self.name_folded = fold(self.name)

    def survivor(self) -> "Facility":
        """The facility that stands for this one today: itself, or the one it was merged into."""
        return self.merged_into or self

    def family(self) -> "models.QuerySet[Facility]":
        """This facility and all that were merged into it: what older rows may still point to."""
        return Facility.objects.filter(Q(pk=self.pk) | Q(merged_into=self))


class Product(Row):
    """A product of a merged facility that the survivor had too stays where it was and names its twin."""

    facility = models.ForeignKey(Facility, models.PROTECT, related_name="products")
    name = models.CharField("tên sản phẩm", max_length=250)
    group = models.CharField("nhóm sản phẩm", max_length=2)
    description = models.TextField("mô tả", blank=True)
    same_as = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="twins")
    is_demo = models.BooleanField("dữ liệu minh họa", default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["facility", "name"], name="one_product_name_per_facility")]

    def __str__(self) -> str:
        return self.name


class AgentKind(models.TextChoices):
    OWNER = "owner", "Chủ cơ sở"
    STAFF = "staff", "Người làm thay cơ sở"


class FacilityAgent(Row):
    """A person who may act for a facility, from the moment somebody approved it until it is refused or ended."""

    facility = models.ForeignKey(Facility, models.CASCADE, related_name="agents")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="facilities_served")
    kind = models.CharField("tư cách", max_length=5, choices=AgentKind.choices, default=AgentKind.OWNER)
    asked_at = models.DateTimeField("đề nghị lúc", db_default=Now())
    approved_at = models.DateTimeField("duyệt lúc", null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="agents_approved"
    )
    refused_at = models.DateTimeField("từ chối hoặc kết thúc lúc", null=True, blank=True)
    refusal_reason = models.CharField("lý do", max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["facility", "person"], name="one_agency_per_person"),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | Q(refused_at__isnull=True),
                name="an_agency_is_not_both_approved_and_refused",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.facility}"

    @property
    def commune_code(self) -> str:
        return self.facility.commune_code

    @property
    def word(self) -> str:
        """The state's name for pages."""
        if self.approved_at:
            return "approved"
        return "refused" if self.refused_at else "asked"

    @property
    def dialog(self) -> str:
        """The id of this agent's dialog on a page."""
        return f"nguoi-{self.pk}"
