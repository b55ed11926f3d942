"""`tieubieu rank FILE.json`: rank a document and print the result. Needs no settings and no database."""

import errno
import json
import os
import sys
from collections.abc import Sequence
from typing import BinaryIO, Protocol

from apps.judging.ranking import RankingRefused, rank
from apps.judging.ranking.files import LARGEST, parse

RANKED, NOT_WRITTEN, REFUSED = 0, 1, 2
USAGE = """Cách dùng: tieubieu rank TỆP.json   (dấu - để đọc từ đầu vào chuẩn)
Usage: tieubieu rank FILE.json   (- reads standard input)"""


class Sink(Protocol):
    """As much of a text stream as is needed here; the streams that Django hands to a command are no `TextIO`."""

    def write(self, text: str, /) -> object: ...
    def flush(self) -> object: ...
    def fileno(self) -> int: ...


def main(
    argv: Sequence[str], *, stdin: BinaryIO | None = None, out: Sink | None = None, err: Sink | None = None
) -> int:
    """Print the ranking of the one file named in `argv`, `-` for standard input, and return the exit status.

    0 ranked; 2 the document was refused or could not be read, with the reason and the place on `err`;
    1 the result could not be written out.
    """
    out, err = _in_utf8(out or sys.stdout), _in_utf8(err or sys.stderr)
    if len(argv) != 1:
        return _say(USAGE, err, REFUSED)
    try:
        ranking = rank(parse(_content(argv[0], stdin)))
    except RankingRefused as refused:
        return _say(f"{argv[0]}: {refused}", err, REFUSED)
    except OSError as error:
        why = error.strerror
        return _say(f"{argv[0]}: không đọc được tệp ({why}) / the file cannot be read ({why})", err, REFUSED)
    return _write(json.dumps(ranking, ensure_ascii=False, indent=2, sort_keys=True), out, err)


def _content(name: str, stdin: BinaryIO | None) -> bytes:
    """One byte more than the limit at most, so that an endless device ends in a refusal."""
    if name == "-":
        return (stdin or _standard_input()).read(LARGEST + 1)
    with open(name, "rb") as file:
        return file.read(LARGEST + 1)


def _standard_input() -> BinaryIO:
    if sys.stdin is None:  # started with standard input closed
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    return sys.stdin.buffer


def _in_utf8(stream: Sink) -> Sink:
    """Whatever the terminal's locale: the output is UTF-8, and an odd file name never breaks a message."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    return stream


def _say(text: str, err: Sink, status: int) -> int:
    err.write(text + "\n")
    return status


def _write(text: str, out: Sink, err: Sink) -> int:
    try:
        out.write(text + "\n")
        out.flush()
    except OSError as error:
        # What is still buffered goes nowhere, or the interpreter would try again, and complain, when it exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())
        why = error.strerror
        return _say(f"không ghi được kết quả ({why}) / the result cannot be written ({why})", err, NOT_WRITTEN)
    return RANKED
