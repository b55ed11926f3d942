from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count, Min
from django.utils import timezone

from tieubieu.binding import PUBLIC, bound
from tieubieu.outbox.models import OPEN, Message
from tieubieu.outbox.services import retry


class Command(BaseCommand):
    help = "Liệt kê việc nền đang chờ và việc đã dừng vì lỗi; --retry mở lại một việc đã dừng."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--retry", metavar="MÃ", type=UUID, action="append", default=[], help="làm lại việc này")
        parser.add_argument("--retry-all", action="store_true", help="làm lại mọi việc đã dừng")
        parser.add_argument("--limit", type=int, default=50, help="số việc đã dừng được liệt kê (mặc định 50)")

    def handle(self, *args: Any, **options: Any) -> None:
        with bound(PUBLIC):
            if options["retry"] or options["retry_all"]:
                self._retry(options["retry"] or _parked_ids())
            else:
                self._list(options["limit"])

    def _retry(self, ids: list[UUID]) -> None:
        for message_id in ids:
            if not retry(message_id):
                raise CommandError(f"Việc {message_id} không có hoặc chưa dừng.")
        self.stdout.write(f"Đã mở lại {len(ids)} việc.")

    def _list(self, limit: int) -> None:
        groups = Message.objects.filter(OPEN).values("errand").annotate(count=Count("id"), oldest=Min("asked_at"))
        self.stdout.write("Đang chờ:")
        for group in groups.order_by("oldest"):
            self.stdout.write(f"  {group['errand']}: {group['count']} việc, lâu nhất từ {_shown(group['oldest'])}")
        self.stdout.write("Đã dừng vì lỗi:")
        for message in Message.objects.filter(failed_at__isnull=False).order_by("failed_at")[:limit]:
            self.stdout.write(f"  {message.pk} {message.errand} ({message.schema}) {_shown(message.failed_at)}")
            self.stdout.write(f"    {message.error}")


def _parked_ids() -> list[UUID]:
    return list(Message.objects.filter(failed_at__isnull=False).values_list("pk", flat=True))


def _shown(moment: Any) -> str:
    return timezone.localtime(moment).strftime("%d/%m/%Y %H:%M")
