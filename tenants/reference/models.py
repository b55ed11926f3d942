"""Public rows with dates. A date range includes both its ends; an open end is NULL.

Codes are reused by the State (24 was Bắc Giang and is Bắc Ninh since 01/07/2025), so a code means something only
together with a date, and tenants keep codes, never foreign keys, to these rows.
"""

from django.core.exceptions import ValidationError
from django.db import models

from tenants.reference.bodies import check_body
from tenants.reference.errors import BadRuleSet
from tieubieu.lib.text import fold, sort_key
from tieubieu.rows import Row


class UnitKind(models.TextChoices):
    PROVINCE = "province", "Tỉnh"
    CENTRAL_CITY = "central_city", "Thành phố"
    COMMUNE = "commune", "Xã"
    WARD = "ward", "Phường"
    SPECIAL_ZONE = "special_zone", "Đặc khu"


class AdministrativeUnit(Row):
    code = models.CharField("mã đơn vị", max_length=5)
    name = models.CharField("tên", max_length=100)
    name_key = models.CharField(max_length=400, editable=False)
    name_folded = models.CharField(max_length=100, editable=False, db_index=True)
    kind = models.CharField("loại", max_length=12, choices=UnitKind.choices)
    parent_code = models.CharField("mã tỉnh, thành phố", max_length=2, blank=True)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)
    merged_from = models.JSONField("hợp thành từ", default=list, blank=True)
    legal_basis = models.CharField("căn cứ", max_length=400)
    to_be_confirmed = models.BooleanField("cần đối chiếu văn bản gốc", default=False)

    class Meta:
        ordering = ["name_key", "code", "valid_from"]
        indexes = [models.Index(fields=["parent_code", "name_key"], name="units_of_a_province")]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="one_unit_per_code_and_start"),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="unit_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """`Thành phố Huế`, `Xã Ea Kao`."""
        return f"{UnitKind(self.kind).label} {self.name}"

    def key_names(self) -> None:
        """Compute the stored order and search keys; bulk writers call it themselves."""
        self.name_key = sort_key(self.name)
        self.name_folded = fold(self.name)

    def save(self, *args: object, **kwargs: object) -> None:
        self.key_names()
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class Region(Row):
    """One of the three areas of a regional round (Điều 3.1.c TT 26/2014/TT-BCT)."""

    code = models.CharField("mã khu vực", max_length=10, unique=True)
    name = models.CharField("tên", max_length=100)
    position = models.PositiveSmallIntegerField("thứ tự")

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class RegionMembership(Row):
    region_code = models.CharField("mã khu vực", max_length=10)
    province_code = models.CharField("mã tỉnh, thành phố", max_length=2)
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)
    source = models.CharField("nguồn", max_length=400)
    is_derived = models.BooleanField("suy ra, chưa thấy văn bản", default=False)

    class Meta:
        ordering = ["province_code", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["province_code", "valid_from"], name="one_region_per_province_and_start"),
        ]


class DayKind(models.TextChoices):
    HOLIDAY = "holiday", "Ngày lễ"
    COMPENSATION = "compensation", "Nghỉ bù, nghỉ hoán đổi"
    SWAPPED_WORKDAY = "swapped_workday", "Ngày nghỉ phải đi làm"


class Holiday(Row):
    """A day that is not as the week has it; plain weekends are not listed."""

    date = models.DateField("ngày", unique=True)
    name = models.CharField("tên", max_length=100)
    kind = models.CharField("loại", max_length=16, choices=DayKind.choices)
    year = models.PositiveSmallIntegerField("năm", db_index=True)
    source = models.CharField("nguồn", max_length=300)
    provisional = models.BooleanField("dự kiến", default=False)
    to_be_confirmed = models.BooleanField("cần đối chiếu thông báo", default=False)

    class Meta:
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date:%d/%m/%Y} {self.name}"


class RuleSet(Row):
    """The law of one period as data: what `rules.freeze` copies into a round when its plan is approved."""

    code = models.CharField("mã", max_length=30, unique=True)
    name = models.CharField("tên", max_length=250)
    effective_from = models.DateField("hiệu lực từ", unique=True)
    effective_to = models.DateField("hiệu lực đến hết", null=True, blank=True)
    legal_basis = models.JSONField("căn cứ", default=list)
    body = models.JSONField("nội dung")

    class Meta:
        ordering = ["-effective_from"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        try:
            check_body(self.body)
        except BadRuleSet as wrong:
            raise ValidationError({"body": str(wrong)}) from wrong
