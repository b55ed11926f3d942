import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from tenants.gateways import as_owner
from tenants.management.refusals import told_plainly
from tenants.models import Tenant, TenantState
from tenants.provisioning.snapshots import lacks


class Command(BaseCommand):
    help = "Liệt kê các đơn vị / list the tenants"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="in dạng JSON")

    def handle(self, **options: Any) -> None:
        with told_plainly(), as_owner():
            rows = [_row(tenant) for tenant in Tenant.objects.prefetch_related("domains")]
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
        elif not rows:
            self.stdout.write("Chưa có đơn vị nào; tạo bằng: tieubieu create-tenant MÃ --name TÊN")
        else:
            self.stdout.write("\n".join(_line(row) for row in rows))


def _row(tenant: Tenant) -> dict[str, Any]:
    return {
        "slug": tenant.slug,
        "name": tenant.name,
        "kind": tenant.kind,
        "province_code": tenant.province_code,
        "state": tenant.state,
        "up_to_date": not lacks(tenant.schema_state),
        "domains": [domain.domain for domain in tenant.domains.all()],
    }


def _line(row: dict[str, Any]) -> str:
    behind = "" if row["up_to_date"] else "  cần nâng cấp"
    state = TenantState(row["state"]).label
    return f"{row['slug']:<14} {state:<10} {row['name']:<28} {', '.join(row['domains'])}{behind}"
