"""What is true of any server process that we may have started earlier."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

_PROC = Path("/proc")


def serves(pid: int, data: Path, program: str) -> bool:
    """Tell whether a live process is this program at work in this very data folder.

    A pid alone proves nothing: after a restart of the machine, or in a copied home, it may be
    anybody's. A server works inside its data folder, so the folder is the proof, also when the
    folder has been moved while the server ran.
    """
    if not is_alive(pid):
        return False
    try:
        return _PROC.joinpath(str(pid), "comm").read_text().strip() == program and _folder_of(pid).samefile(data)
    except OSError:
        return False if _PROC.exists() else f"{program} " in (shown := _command_line(pid)) and str(data) in shown


def serving(data: Path, program: str) -> list[int]:
    """Return every process of this program in this data folder; empty where the system has no /proc."""
    pids = [int(entry.name) for entry in _PROC.glob("[0-9]*")]
    return [pid for pid in pids if serves(pid, data, program)]


def is_alive(pid: int) -> bool:
    """Tell whether a process with this number exists."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _folder_of(pid: int) -> Path:
    return _PROC / str(pid) / "cwd"


def _command_line(pid: int) -> str:
    shown = subprocess.run(["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)  # noqa: S603, S607 - ps, where there is no /proc
    return shown.stdout


def first_number(path: Path) -> int | None:
    """Read the process number at the head of a pid file; None when there is none to read."""
    try:
        return int(path.read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def wait_until(holds: Callable[[], bool], seconds: float) -> bool:
    """Wait for a condition, looking often at first; False when the time is up."""
    end, pause = time.monotonic() + seconds, 0.005
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(pause)
        pause = min(pause * 1.5, 0.1)
    return True


def end(pid: int, gone: Callable[[], bool], seconds: float) -> None:
    """Ask a server of ours to stop, and insist when it does not."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.kill(pid, sign)
        except ProcessLookupError:
            return
        if wait_until(gone, seconds):
            return


def environment() -> Mapping[str, str]:
    """The environment of an engine: nothing of the caller's, so that PGDATA or a locale of his changes nothing."""
    kept = {name: os.environ[name] for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH") if name in os.environ}
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC", **kept}


def tail(log: Path, lines: int = 3) -> str:
    """The last words of a log, on one line, for an error message."""
    try:
        return " | ".join(log.read_text(errors="replace").strip().splitlines()[-lines:])
    except OSError:
        return ""
