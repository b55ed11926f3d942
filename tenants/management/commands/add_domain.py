from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from tenants.management.refusals import told_plainly
from tenants.provisioning.services import add_domain


class Command(BaseCommand):
    help = "Thêm một tên miền cho đơn vị / serve a tenant under one more host name"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="mã, ví dụ laocai")
        parser.add_argument("domain", help="tên miền, ví dụ binhchon.laocai.gov.vn")

    def handle(self, *, slug: str, domain: str, **options: Any) -> None:
        with told_plainly():
            added = add_domain(slug, domain)
        self.stdout.write(f"{added.tenant.name} được phục vụ cả ở {added.domain}.")
