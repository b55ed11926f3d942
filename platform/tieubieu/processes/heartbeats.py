"""Signs of life of the processes that answer no requests: each touches a file while its main loop turns."""

import time
from pathlib import Path

from tieubieu import engines

EVERY_SECONDS = 5.0
# A process that has not turned its loop for so long is hung.
STALE_SECONDS = 60.0


def path(name: str) -> Path:
    """Return where the process of that name leaves its sign of life; the folder is made."""
    folder = engines.home() / "heartbeats"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / name


def beat(name: str) -> None:
    """Leave a sign of life now."""
    path(name).touch()


def age(name: str) -> float | None:
    """Return the seconds since the last sign of life; None when there never was one."""
    try:
        return max(0.0, time.time() - path(name).stat().st_mtime)
    except OSError:
        return None


def is_alive(name: str) -> bool:
    """Tell whether the process of that name turns its loop."""
    seconds = age(name)
    return seconds is not None and seconds < STALE_SECONDS
