from typing import Any

from django.core.management.base import BaseCommand

from tenants.gateways import as_owner
from tenants.reference.services import load_all


class Command(BaseCommand):
    help = "Nạp danh mục dùng chung: đơn vị hành chính, khu vực, ngày nghỉ, bộ quy định. Chạy lại không đổi gì."

    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner():
            loaded = load_all()
        for line in loaded:
            extra = f", {line.unlisted} dòng ngoài danh mục được giữ nguyên" if line.unlisted else ""
            self.stdout.write(f"{line.label}: {line.given}{extra}")
