"""`tieubieu create-api-client SLUG NAME --scope …`: give a partner's program its key."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from apps.partners.services import NewClient, create_client
from tenants.gateways import inside
from tieubieu.errors import DomainError


class Command(BaseCommand):
    help = "Cấp quyền đọc API cho một chương trình của đối tác; khóa bí mật chỉ in ra một lần."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", metavar="ĐƠN-VỊ", help="mã đơn vị, ví dụ daklak")
        parser.add_argument("name", metavar="TÊN", help="tên chương trình của đối tác")
        parser.add_argument("--scope", metavar="PHẠM-VI", action="append", default=[], help="dùng được nhiều lần")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with inside(options["slug"]):
                made = create_client(options["name"], options["scope"])
        except DomainError as refused:
            raise CommandError(refused.message) from refused
        self.stdout.write(_told(made))


def _told(made: NewClient) -> str:
    return "\n".join(
        [
            f"Mã khách (client_id):         {made.client_id}",
            f"Khóa bí mật (client_secret):  {made.secret}",
            f"Phạm vi được đọc:             {' '.join(made.scopes)}",
            "Khóa bí mật chỉ hiện lần này và không xem lại được; xin chuyển cho đối tác bằng đường an toàn.",
        ]
    )
