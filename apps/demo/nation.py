"""The tenants of the demo nation, and Đắk Lắk's published history."""

import json
from datetime import date
from typing import Any

from django.conf import settings

from apps.demo.casting import DATA, SLUGS, cast
from apps.recognition.models import PublishedTotal, RecognitionHistory
from tenants.gateways import TenantUnknown, inside, tenant_of
from tenants.models import Kind, Tenant
from tenants.provisioning.services import NewTenant, create_tenant

NATIONAL, OPERATOR = "quocgia", "vanhanh"
TOTALS_ON = date(2025, 1, 5)


def raise_nation() -> list[Tenant]:
    """Make the tenants that are not there yet: four provinces, the Ministry and the operators."""
    return [_ensure(new) for new in [*map(_province, SLUGS), *_above()]]


def write_history() -> None:
    """What was published of Đắk Lắk before the platform: totals with their source, and the producers named there."""
    told = json.loads((DATA / "daklak_history.json").read_text(encoding="utf-8"))
    latest = told["cumulative"][-1]
    area = told["area"]["issued_under_name"]
    totals = [
        PublishedTotal(level=level, count=latest[level], as_of=TOTALS_ON, issued_under=area, source=latest["source"])
        for level in ("province", "region", "nation")
    ]
    with inside("daklak"):
        PublishedTotal.objects.bulk_create(totals, ignore_conflicts=True)
        RecognitionHistory.objects.bulk_create(_named(told, area), ignore_conflicts=True)


def _named(told: dict[str, Any], area: str) -> list[RecognitionHistory]:
    producers = [
        RecognitionHistory(
            level=level,
            product_name=line["product"] or "(nguồn không nêu tên sản phẩm)",
            holder_name=line["name"],
            issued_under=area,
            source=line["source"],
        )
        for line in told["producers"]
        for level in line["levels"]
    ]
    sets = [
        RecognitionHistory(
            level="nation", year=line["year"], product_name=line["name"], issued_under=area, source=line["source"]
        )
        for line in told["national_sets"]
    ]
    return producers + sets


def _province(slug: str) -> NewTenant:
    play = cast(slug)
    return NewTenant(
        slug=slug,
        name=f"Tỉnh {play.province_name}",
        domain=_domain(slug),
        kind=Kind.PROVINCE,
        province_code=play.province_code,
        people_committee=f"Ủy ban nhân dân tỉnh {play.province_name}",
        authority=f"Sở Công Thương tỉnh {play.province_name}",
    )


def _above() -> list[NewTenant]:
    return [
        NewTenant(
            slug=NATIONAL,
            name="Bộ Công Thương",
            domain=_domain(NATIONAL),
            kind=Kind.NATIONAL,
            people_committee="Bộ Công Thương",
            authority="Cục Đổi mới sáng tạo, Chuyển đổi xanh và Khuyến công",
        ),
        NewTenant(
            slug=OPERATOR,
            name="Đơn vị vận hành",
            domain=_domain(OPERATOR),
            kind=Kind.OPERATOR,
            authority="Đơn vị vận hành nền tảng",
        ),
    ]


def _domain(slug: str) -> str:
    return f"{slug}.{settings.BASE_HOST}"


def _ensure(new: NewTenant) -> Tenant:
    try:
        return tenant_of(new.slug)
    except TenantUnknown:
        return create_tenant(new)
