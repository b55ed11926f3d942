"""`tieubieu rank FILE.json` and `tieubieu replay FILE.json`. They need no settings and no database."""

import errno
import json
import os
import sys
from collections.abc import Callable, Sequence
from typing import BinaryIO, Protocol

from apps.judging.ranking import RankingRefused, rank
from apps.judging.ranking.files import LARGEST, parse
from apps.judging.ranking.replaying import Difference, Replay, replay

DONE, NOT_WRITTEN, REFUSED, DIFFERS = 0, 1, 2, 3
USAGE = """Cách dùng: tieubieu {verb} TỆP.json   (dấu - để đọc từ đầu vào chuẩn)
Usage: tieubieu {verb} FILE.json   (- reads standard input)"""


class Sink(Protocol):
    """As much of a text stream as is needed here; the streams that Django hands to a command are no `TextIO`."""

    def write(self, text: str, /) -> object: ...
    def flush(self) -> object: ...
    def fileno(self) -> int: ...


# From the document in the file to the exit status and the text to print.
Work = Callable[[object], tuple[int, str]]


def main(
    argv: Sequence[str], *, stdin: BinaryIO | None = None, out: Sink | None = None, err: Sink | None = None
) -> int:
    """Print the ranking of the one file named in `argv`, `-` for standard input, and return the exit status.

    0 ranked; 2 the document was refused or could not be read, with the reason and the place on `err`;
    1 the result could not be written out.
    """
    return _run("rank", _ranked, argv, stdin, out, err)


def main_replay(
    argv: Sequence[str], *, stdin: BinaryIO | None = None, out: Sink | None = None, err: Sink | None = None
) -> int:
    """Recompute the snapshot file named in `argv` and print what differs; exits as `main` does, or 3: differs."""
    return _run("replay", _replayed, argv, stdin, out, err)


def _run(verb: str, work: Work, argv: Sequence[str], stdin: BinaryIO | None, out: Sink | None, err: Sink | None) -> int:
    out, err = _in_utf8(out or sys.stdout), _in_utf8(err or sys.stderr)
    if len(argv) != 1:
        return _say(USAGE.format(verb=verb), err, REFUSED)
    try:
        status, text = work(parse(_content(argv[0], stdin)))
    except RankingRefused as refused:
        return _say(f"{argv[0]}: {refused}", err, REFUSED)
    except OSError as error:
        why = error.strerror
        return _say(f"{argv[0]}: không đọc được tệp ({why}) / the file cannot be read ({why})", err, REFUSED)
    return status if _write(text, out, err) == DONE else NOT_WRITTEN


def _ranked(document: object) -> tuple[int, str]:
    return DONE, json.dumps(rank(document), ensure_ascii=False, indent=2, sort_keys=True)


def _replayed(document: object) -> tuple[int, str]:
    found = replay(document)
    if found.differences:
        return DIFFERS, "\n".join([_head(found), *map(_line, found.differences)])
    return DONE, f"Khớp / equal: {found.entries} sản phẩm / entries, {found.digest}"


def _head(found: Replay) -> str:
    return f"KHÔNG KHỚP / NOT EQUAL: {len(found.differences)} chỗ khác / differences"


def _line(difference: Difference) -> str:
    where = f"{difference.entry}: {difference.field}" if difference.entry else difference.field
    declared, recomputed = (
        json.dumps(value, ensure_ascii=False) for value in (difference.declared, difference.recomputed)
    )
    return f"  {where}: tệp ghi / declared {declared}; tính lại / recomputed {recomputed}"


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
    return DONE
