"""Have a confined child process really open the file, and hear what it found.

The child gets the bytes, an empty environment (no keys, no addresses) and an empty folder; it limits its own memory,
time and files before it reads anything. What it draws anew is read back from the folder.
"""

import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tieubieu.uploads.errors import SENTENCES, UploadRefused
from tieubieu.uploads.kinds import ANY, Kind, listed

logger = logging.getLogger(__name__)

LARGEST_MB = 25
LARGEST = LARGEST_MB * 1024 * 1024
LARGEST_ANSWER = 64 * 1024
CHILDREN_AT_ONCE = 4
PATIENCE_SECONDS = 30
# Out of time, or of memory where a library gives up by itself; any other signal is a decoder that the file broke.
USED_UP = {signal.SIGXCPU, signal.SIGKILL, signal.SIGABRT, signal.SIGXFSZ}
VARIANTS = ("screen", "thumb")


@dataclass(frozen=True)
class Limits:
    """What one child may use. `wall_seconds` is how long it is waited for."""

    memory: int = 1024 * 1024 * 1024
    cpu_seconds: int = 20
    file_bytes: int = 64 * 1024 * 1024
    open_files: int = 32
    wall_seconds: int = 30


@dataclass(frozen=True)
class Proven:
    """`data` is what to keep; `variants` are smaller pictures of it. Width and height are as given, upright."""

    kind: Kind
    data: bytes
    variants: Mapping[str, bytes]
    given: tuple[int, int] | None = None
    width: int | None = None
    height: int | None = None
    pages: int | None = None


LIMITS = Limits()
_places = threading.BoundedSemaphore(CHILDREN_AT_ONCE)


def prove(data: bytes, *, kinds: frozenset[Kind] = ANY) -> Proven:
    """Open the file in a child process and return what may be kept of it. Raises `UploadRefused`."""
    if not data:
        raise UploadRefused("empty")
    if len(data) > LARGEST:
        raise UploadRefused("too_big", most=LARGEST_MB)
    if not _places.acquire(timeout=PATIENCE_SECONDS):
        raise UploadRefused("busy")
    try:
        with tempfile.TemporaryDirectory(prefix="tieubieu-upload-") as folder:
            return _proven(Path(folder), data, kinds)
    finally:
        _places.release()


def _proven(folder: Path, data: bytes, kinds: frozenset[Kind]) -> Proven:
    (folder / "given").write_bytes(data)
    answer = _answer_of_child(folder, kinds)
    if "refused" in answer:
        _refuse(answer, kinds)
    kind = Kind(answer["kind"])
    drawn = kind.is_photo
    return Proven(
        kind=kind,
        data=_drawn(folder / "photo") if drawn else data,
        variants={name: _drawn(folder / name) for name in VARIANTS} if drawn else {},
        given=tuple(answer["given"]) if answer.get("given") else None,
        width=answer.get("width"),
        height=answer.get("height"),
        pages=answer.get("pages"),
    )


def _drawn(path: Path) -> bytes:
    """What the child drew; one that fell into a stranger's hands must not lead us to another file."""
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
        return file.read(LIMITS.file_bytes)


def _answer_of_child(folder: Path, kinds: frozenset[Kind]) -> dict[str, Any]:
    limits = LIMITS
    words = [sys.executable, "-I", "-m", "tieubieu.uploads.prover", json.dumps(asdict(limits)), *sorted(kinds)]
    with (folder / "answer").open("wb") as out, (folder / "errors").open("wb") as errors:
        try:
            ended = subprocess.run(  # noqa: S603 - our own module, no shell, and no word of it comes from the file
                words, cwd=folder, env={"MALLOC_ARENA_MAX": "2"}, stdin=subprocess.DEVNULL, stdout=out, stderr=errors,
                timeout=limits.wall_seconds, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return {"refused": "heavy"}
    return _read_answer(folder, ended.returncode)


def _read_answer(folder: Path, status: int) -> dict[str, Any]:
    """What the child said; one that was killed by its limits, or died of the file, says nothing."""
    with (folder / "answer").open("rb") as told:
        text = told.read(LARGEST_ANSWER)
    try:
        answer = json.loads(text)
    except ValueError:
        answer = None
    if status == 0 and isinstance(answer, dict):
        return answer
    with (folder / "errors").open("rb") as told:
        logger.warning("Phép thử tệp kết thúc bất thường (%s): %s", status, told.read(500).decode(errors="replace"))
    if -status in USED_UP:
        return {"refused": "heavy"}
    return {"refused": "damaged" if status < 0 else "failed"}


def _refuse(answer: Mapping[str, Any], kinds: frozenset[Kind]) -> None:
    reason = str(answer["refused"])
    facts = {name: value for name, value in answer.items() if name != "refused"}
    raise UploadRefused(reason if reason in SENTENCES else "damaged", kinds=listed(kinds), **facts)
