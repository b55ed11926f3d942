from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from tenants.gateways import as_owner
from tenants.management.refusals import told_plainly
from tenants.models import Kind
from tenants.provisioning.services import NewTenant, create_tenant
from tenants.reference.queries import provinces_on
from tieubieu.errors import DomainError


class Command(BaseCommand):
    help = "Tạo một đơn vị với không gian riêng / create a tenant"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="mã, ví dụ laocai")
        parser.add_argument("--name", required=True, help="tên, ví dụ “Tỉnh Lào Cai”")
        parser.add_argument("--kind", choices=Kind.values, default=Kind.PROVINCE)
        parser.add_argument("--province-code", default="", help="mã tỉnh, thành phố (hai chữ số)")
        parser.add_argument("--domain", default="", help="tên miền; mặc định là <mã>.<tên miền gốc>")
        parser.add_argument("--people-committee", default="", help="cơ quan ban hành quyết định")
        parser.add_argument("--authority", default="", help="cơ quan thực hiện")

    def handle(self, *, slug: str, **options: Any) -> None:
        new = NewTenant(
            slug=slug,
            name=options["name"].strip(),
            domain=(options["domain"] or f"{slug}.{settings.BASE_HOST}").lower(),
            kind=options["kind"],
            province_code=options["province_code"],
            people_committee=options["people_committee"],
            authority=options["authority"],
        )
        with told_plainly():
            _refuse_unknown_province(new)
            tenant = create_tenant(new)
        self.stdout.write(f"Đã tạo {tenant.name} ({tenant.slug}) tại {settings.SCHEME}://{new.domain}/")


def _refuse_unknown_province(new: NewTenant) -> None:
    if new.kind != Kind.PROVINCE:
        return
    with as_owner():
        known = dict(provinces_on(timezone.localdate()).values_list("code", "name"))
    if known and new.province_code not in known:
        listed = ", ".join(f"{code} {name}" for code, name in sorted(known.items()))
        raise DomainError(f"Mã tỉnh “{new.province_code}” không có trong danh mục hiện hành: {listed}.")
