"""`tieubieu check-start`: is everything fit for a start? Each fault with its remedy; status 2 when one forbids it."""

from typing import Any

from django.core.management.base import BaseCommand

from tieubieu import checks


class Command(BaseCommand):
    help = "Kiểm tra cấu hình và các dịch vụ trước khi khởi động. / Check settings and services before a start."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        faults = checks.faults_at_start()
        for fault in faults:
            self.stderr.write(checks.told(fault))
        if checks.is_refused(faults):
            raise SystemExit(checks.REFUSED)
        self.stdout.write("Cấu hình và các dịch vụ sẵn sàng. / Ready to start.")
