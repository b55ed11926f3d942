"""The rural industrial facility (cơ sở công nghiệp nông thôn) and what it makes."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from tieubieu.lib.text import fold, sort_key
from tieubieu.rows import Row


class FacilityKind(models.TextChoices):
    """Điều 1.1 NĐ 235/2025/NĐ-CP."""

    COMPANY = "company", "Doanh nghiệp nhỏ và vừa"
    COOPERATIVE = "cooperative", "Hợp tác xã"
    COOPERATIVE_UNION = "cooperative_union", "Liên hiệp hợp tác xã"
    COOPERATIVE_GROUP = "cooperative_group", "Tổ hợp tác"
    HOUSEHOLD = "household", "Hộ kinh doanh"


class Standing(models.TextChoices):
    PROPOSED = "proposed", "Chờ Sở duyệt"
    REGISTERED = "registered", "Đã vào danh sách"
    MERGED = "merged", "Đã gộp vào cơ sở khác"


class Facility(Row):
    name = models.CharField("tên cơ sở", max_length=250)
    name_key = models.CharField(max_length=1000, editable=False, db_index=True)
    name_folded = models.CharField(max_length=250, editable=False, db_index=True)
    kind = models.CharField("loại hình", max_length=20, choices=FacilityKind.choices)
    tax_code = models.CharField("mã số thuế", max_length=14)
    province_code = models.CharField("mã tỉnh, thành phố", max_length=2)
    commune_code = models.CharField("mã xã, phường, đặc khu", max_length=5, blank=True)
    address = models.CharField("địa chỉ", max_length=300)
    representative = models.CharField("người đại diện", max_length=150, blank=True)
    phone = models.CharField("điện thoại", max_length=20, blank=True)
    email = models.EmailField("thư điện tử", blank=True)
    standing = models.CharField("tình trạng", max_length=10, choices=Standing.choices, default=Standing.REGISTERED)
    in_craft_village = models.BooleanField("thuộc làng nghề được công nhận", default=False)
    is_demo = models.BooleanField("dữ liệu minh họa", default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name_key", "id"]
        constraints = [models.UniqueConstraint(fields=["tax_code"], name="one_facility_per_tax_code")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.key_names()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def key_names(self) -> None:
        """Compute the stored order and search keys; bulk writers call it themselves."""
        self.name_key = sort_key(self.name)
        self.name_folded = fold(self.name)


class Product(Row):
    facility = models.ForeignKey(Facility, models.PROTECT, related_name="products")
    name = models.CharField("tên sản phẩm", max_length=250)
    group = models.CharField("nhóm sản phẩm", max_length=2)
    description = models.TextField("mô tả", blank=True)
    is_demo = models.BooleanField("dữ liệu minh họa", default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["facility", "name"], name="one_product_name_per_facility")]

    def __str__(self) -> str:
        return self.name


class AgentKind(models.TextChoices):
    OWNER = "owner", "Chủ cơ sở"
    STAFF = "staff", "Người làm thay cơ sở"


class FacilityAgent(Row):
    """A person who may act for a facility, from the moment somebody approved it."""

    facility = models.ForeignKey(Facility, models.CASCADE, related_name="agents")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="facilities_served")
    kind = models.CharField("tư cách", max_length=5, choices=AgentKind.choices, default=AgentKind.OWNER)
    asked_at = models.DateTimeField("đề nghị lúc", db_default=Now())
    approved_at = models.DateTimeField("duyệt lúc", null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="agents_approved"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["facility", "person"], name="one_agency_per_person")]
