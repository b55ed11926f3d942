"""`tieubieu replay SNAPSHOT.json`: recompute an exported snapshot and compare."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from apps.judging.ranking.cli import main_replay


class Command(BaseCommand):
    """Touches no database, so that a result can be checked on any machine."""

    help = "Tính lại một kết quả đã xuất ra tệp và so với mã băm ghi trong tệp (dấu - để đọc từ đầu vào chuẩn)."
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="SNAPSHOT.json", help="tệp kết quả đã xuất, UTF-8")

    def handle(self, *args: Any, file: str, **options: Any) -> None:
        """Exit with the status of `main_replay`: 0 equal, 3 different, 2 refused."""
        status = main_replay([file], out=self.stdout, err=self.stderr)
        if status:
            sys.exit(status)
