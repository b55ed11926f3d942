"""The tenants, how they are reached, and the schemas that are kept ready. All rows live in public."""

import re
from typing import Any, NoReturn

from django.core.exceptions import ValidationError
from django.db import models
from django_tenants.models import DomainMixin, TenantMixin

from tieubieu.binding import Scope
from tieubieu.rows import Row

SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
RESERVED = frozenset({"public", "pg", "tb", "spare", "template", "information", "www", "api", "static"})


class Kind(models.TextChoices):
    PROVINCE = "province", "Tỉnh, thành phố"
    NATIONAL = "national", "Trung ương"
    OPERATOR = "operator", "Vận hành"


class TenantState(models.TextChoices):
    BUILDING = "building", "Đang dựng"
    READY = "ready", "Hoạt động"
    SUSPENDED = "suspended", "Tạm ngừng"


def check_slug(slug: str) -> None:
    """Refuse a slug that cannot be both a host name and a schema name, saying why."""
    if not 2 <= len(slug) <= 30 or not SLUG.fullmatch(slug):
        raise ValidationError(
            f"Mã {slug!r} không dùng được: từ 2 đến 30 ký tự, chỉ chữ thường không dấu, chữ số và gạch nối,"
            " bắt đầu bằng chữ, ví dụ daklak."
        )
    if slug.split("-", maxsplit=1)[0] in RESERVED:
        raise ValidationError(f"Mã {slug!r} đã dành riêng cho hệ thống; hãy chọn mã khác.")


def schema_of(slug: str) -> str:
    """The schema that belongs to a slug; two slugs never share one."""
    return slug.replace("-", "_")


def role_of(schema: str) -> str:
    """The database role that may touch a tenant's schema, and nothing else."""
    return f"tb_{schema}"


class Tenant(Row, TenantMixin):
    """A province, the ministry, or the operators of the platform."""

    auto_create_schema = False
    auto_drop_schema = False

    slug = models.CharField("mã", max_length=30, unique=True, validators=[check_slug])
    name = models.CharField("tên", max_length=150)
    kind = models.CharField("loại", max_length=10, choices=Kind.choices, default=Kind.PROVINCE)
    province_code = models.CharField("mã tỉnh", max_length=2, blank=True)
    people_committee = models.CharField("cơ quan quyết định", max_length=200, blank=True)
    authority = models.CharField("cơ quan thực hiện", max_length=200, blank=True)
    state = models.CharField(
        "trạng thái", max_length=10, choices=TenantState.choices, default=TenantState.BUILDING, db_index=True
    )
    schema_state = models.CharField("phiên bản lược đồ", max_length=64, blank=True)
    rights_state = models.CharField("phiên bản quyền", max_length=64, blank=True)
    created_at = models.DateTimeField("ngày tạo", auto_now_add=True)

    class Meta:
        ordering = ["slug"]
        verbose_name = "đơn vị"

    def __str__(self) -> str:
        return self.name

    @property
    def scope(self) -> Scope:
        """The tenant as the ground knows it."""
        return Scope(
            schema=self.schema_name,
            role=role_of(self.schema_name),
            slug=self.slug,
            kind=self.kind,
            tenant_id=self.pk,
        )

    def __enter__(self) -> NoReturn:
        raise TypeError("`with tenant:` shares state between threads; use tenants.gateways.inside(tenant).")

    def __exit__(self, *_: Any) -> NoReturn:
        raise TypeError("use tenants.gateways.inside(tenant).")


class Domain(Row, DomainMixin):
    """A host name under which a tenant is reached, in lower case and without port."""

    class Meta:
        ordering = ["domain"]
        verbose_name = "tên miền"


class SchemaSnapshot(models.Model):
    """What a tenant schema is made of at one state of the migrations: single statements, in order."""

    state = models.CharField(max_length=64, primary_key=True)
    migrations = models.JSONField()
    statements = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)


class SpareSchema(models.Model):
    """A stamped schema that waits for a tenant, with a role that may enter it."""

    schema_name = models.CharField(max_length=63, primary_key=True)
    schema_state = models.CharField(max_length=64)
    rights_state = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
