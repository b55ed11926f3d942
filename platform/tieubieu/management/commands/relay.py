import signal
from argparse import ArgumentParser
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand

from tieubieu.celery import app
from tieubieu.outbox.relay import BATCH, Relay


class Command(BaseCommand):
    help = "Chuyển việc từ cơ sở dữ liệu sang hàng đợi, và làm đồng hồ cho các việc định kỳ; chạy đến khi nhận SIGTERM."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--interval", type=float, default=0.2, help="giây giữa hai lần hỏi (mặc định 0.2)")
        parser.add_argument("--once", action="store_true", help="chuyển hết việc đang chờ rồi dừng")

    def handle(self, *args: Any, **options: Any) -> None:
        app.loader.import_default_modules()
        relay = Relay(interval=options["interval"])
        if options["once"]:
            while relay.turn() == BATCH:
                pass
            return
        relay.run(_stop_on_signal())


def _stop_on_signal() -> Event:
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop
