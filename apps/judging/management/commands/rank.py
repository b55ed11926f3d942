"""`tieubieu rank FILE.json`: replay a ranking from plain data."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from apps.judging.ranking.cli import main


class Command(BaseCommand):
    """Touches no database, so that a result can be checked on any machine."""

    help = "Tính lại thứ hạng từ tệp JSON gồm bộ quy định và các phiếu chấm (dấu - để đọc từ đầu vào chuẩn)."
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE.json", help="tệp cần tính, UTF-8")

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        """Exit with the status of `main`: 0 ranked, 2 refused."""
        status = main([file], out=self.stdout, err=self.stderr)
        if status:
            sys.exit(status)
