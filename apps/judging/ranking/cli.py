"""`tieubieu rank FILE.json`: rank a document and print the result. Needs no settings and no database."""

import json
import sys
from collections.abc import Sequence
from typing import BinaryIO, TextIO

from apps.judging.ranking import RankingRefused, rank
from apps.judging.ranking.files import LARGEST, parse

REFUSED = 2
USAGE = """Cách dùng: tieubieu rank TỆP.json   (dấu - để đọc từ đầu vào chuẩn)
Usage: tieubieu rank FILE.json   (- reads standard input)"""


def main(
    argv: Sequence[str], *, stdin: BinaryIO | None = None, out: TextIO | None = None, err: TextIO | None = None
) -> int:
    """Print the ranking of the one file named in `argv` and return 0, or say on `err` why not and return 2."""
    out, err = out or sys.stdout, err or sys.stderr
    if len(argv) != 1:
        print(USAGE, file=err)
        return REFUSED
    try:
        ranking = rank(parse(_content(argv[0], stdin or sys.stdin.buffer)))
    except RankingRefused as refused:
        return _refuse(argv[0], str(refused), err)
    except OSError as error:
        reason = error.strerror
        return _refuse(argv[0], f"không đọc được tệp ({reason}) / the file cannot be read ({reason})", err)
    _write(json.dumps(ranking, ensure_ascii=False, indent=2, sort_keys=True), out)
    return 0


def _content(name: str, stdin: BinaryIO) -> bytes:
    """One byte more than the limit at most, so that an endless device ends in a refusal."""
    if name == "-":
        return stdin.read(LARGEST + 1)
    with open(name, "rb") as file:
        return file.read(LARGEST + 1)


def _refuse(name: str, reason: str, err: TextIO) -> int:
    print(f"{name}: {reason}", file=err)
    return REFUSED


def _write(text: str, out: TextIO) -> None:
    print(text, file=out)
