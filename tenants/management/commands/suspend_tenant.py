from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from tenants.management.refusals import told_plainly
from tenants.provisioning.services import resume, suspend


class Command(BaseCommand):
    help = "Tạm ngừng một đơn vị, hoặc mở lại / suspend or resume a tenant"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--resume", action="store_true", help="mở lại đơn vị đang tạm ngừng")

    def handle(self, *, slug: str, **options: Any) -> None:
        with told_plainly():
            tenant = resume(slug) if options["resume"] else suspend(slug)
        self.stdout.write(f"{tenant.name}: {tenant.get_state_display().lower()}.")
