"""`tieubieu lint-document FILE.docx`: what breaks decree 30/2020/NĐ-CP, with the clause."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from tieubieu.decree30.linter import lint
from tieubieu.decree30.reading.word import Unreadable, read_word
from tieubieu.decree30.telling import as_json, told
from tieubieu.uploads.errors import UploadRefused
from tieubieu.uploads.kinds import Kind
from tieubieu.uploads.proving import LARGEST, prove

CLEAN, FOUND, UNREADABLE = 0, 1, 2
PDF = b"%PDF-"
ONLY_WORD = "Lệnh này chỉ kiểm tra tệp Word (.docx). Xin kiểm tra bản Word mà tệp PDF được làm ra từ đó."


class Command(BaseCommand):
    """Touches no database: any file may be checked on any machine."""

    help = "Kiểm tra văn bản Word theo Nghị định 30/2020/NĐ-CP; mã thoát 0: đúng, 1: có điểm sai, 2: không đọc được."
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="TỆP.docx", type=Path, help="văn bản cần kiểm tra")
        parser.add_argument("--json", action="store_true", dest="as_json", help="in kết quả dạng JSON")

    def handle(self, *args: Any, file: Path, as_json: bool = False, **options: Any) -> None:
        """Exit with 0 when nothing was found, with 1 after findings, with 2 and one line when it cannot be read."""
        status = self._lint(file, is_json=as_json)
        if status:
            sys.exit(status)

    def _lint(self, file: Path, *, is_json: bool) -> int:
        try:
            report = lint(read_word(_proven(file)))
        except (OSError, UploadRefused, Unreadable) as refused:
            self.stderr.write(_why(refused, file))
            return UNREADABLE
        self.stdout.write(as_json(report, file.name) if is_json else told(report, file.name))
        return CLEAN if report.is_clean else FOUND


def _proven(file: Path) -> bytes:
    """The bytes, opened in the confined child before they are read here."""
    with file.open("rb") as opened:
        data = opened.read(LARGEST + 1)
    if data.startswith(PDF):
        raise Unreadable(ONLY_WORD)
    return prove(data, kinds=frozenset({Kind.DOCX})).data


def _why(refused: Exception, file: Path) -> str:
    if isinstance(refused, OSError):
        return f"Không mở được tệp {file}: {refused.strerror or refused}."
    return str(refused)
