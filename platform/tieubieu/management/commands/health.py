"""`tieubieu health web|worker|relay`: what a container's health check runs; exit status 0 or 1."""

import json
import urllib.error
import urllib.request
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tieubieu.processes import EVERYTHING, WEB, heartbeats

SECONDS = 10


class Command(BaseCommand):
    help = "Hỏi một tiến trình của máy này có khoẻ không; mã thoát 0 là khoẻ. / Ask a process of this machine."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("process", choices=[process.name for process in EVERYTHING])

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["process"]
        self.stdout.write(_ask_web() if name == WEB.name else _look_at(name))


def _ask_web() -> str:
    """Ask as a visitor of the base host who comes through the HTTPS proxy."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{settings.PORT}/suc-khoe/",
        headers={"Host": settings.BASE_HOST, "X-Forwarded-Proto": settings.SCHEME},
    )
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            return str(json.load(answer)["status"])
    except urllib.error.HTTPError as error:
        raise CommandError(f"web: {error.code} {error.read(500).decode(errors='replace')}") from error
    except (OSError, ValueError, KeyError) as error:
        raise CommandError(f"web: {error}") from error


def _look_at(name: str) -> str:
    seconds = heartbeats.age(name)
    if not heartbeats.is_alive(name):
        raise CommandError(f"{name}: {'chưa thấy' if seconds is None else f'{seconds:.0f} giây không thấy'} hoạt động")
    return f"ok ({seconds:.0f} s)"
