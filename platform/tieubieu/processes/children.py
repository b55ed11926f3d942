"""One process of the plan: started in a group of its own, started again when it ends, ended with all it started."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tieubieu.processes.plan import Process

FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 30.0
# Who has run this long has not failed to start: the next pause is short again.
STEADY_SECONDS = 60.0
LARGEST_LOG_BYTES = 20 * 1024 * 1024


@dataclass
class Child:
    """One process of the plan, and its present incarnation."""

    process: Process
    log: Path
    environment: Mapping[str, str]
    running: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    due_at: float = 0.0
    pause: float = FIRST_PAUSE_SECONDS

    def start(self) -> None:
        """Start it in a process group of its own, so that Ctrl-C reaches the supervisor alone."""
        _turn_over(self.log)
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(  # noqa: S603 - our own program
                [sys.executable, "-P", "-m", "tieubieu.processes.child", str(os.getpid()), *self.process.command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=dict(self.environment),
                process_group=0,
            )
        self.started_at = time.monotonic()

    def ended(self) -> int | None:
        """Return the exit status when it ended by itself since the last look, and plan its next start."""
        status = self.running.poll() if self.running else None
        if status is None or self.running is None:
            return None
        self._sweep(self.running.pid)
        self.running = None
        now = time.monotonic()
        if now - self.started_at > STEADY_SECONDS:
            self.pause = FIRST_PAUSE_SECONDS
        self.due_at = now + self.pause
        self.pause = min(self.pause * 2, LONGEST_PAUSE_SECONDS)
        return status

    def is_due(self) -> bool:
        return self.running is None and time.monotonic() >= self.due_at

    def ask_to_stop(self) -> None:
        if self.running is not None and self.running.poll() is None:
            self.running.terminate()

    def kill(self) -> None:
        if self.running is not None and self.running.poll() is None:
            self.running.kill()

    def obituary(self, status: int) -> str:
        """Say in one line how it ended, when it comes back and where to read why."""
        how = f"mã {status}" if status >= 0 else f"tín hiệu {-status}"
        seconds = max(0.0, self.due_at - time.monotonic())
        return (
            f"Tiến trình {self.process.name} dừng đột ngột ({how});"
            f" khởi động lại sau {seconds:.0f} giây. Nhật ký: {self.log}"
        )

    def insist(self, until: float) -> None:
        """Wait for it until then; afterwards nothing of its group is left alive."""
        if self.running is None:
            return
        try:
            self.running.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.running.kill()
        self._sweep(self.running.pid)
        self.running.wait()
        self.running = None

    @staticmethod
    def _sweep(group: int) -> None:
        """End what the process started and left behind."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)


def _turn_over(log: Path) -> None:
    """Keep one old log when the present one has grown large."""
    if log.exists() and log.stat().st_size > LARGEST_LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))
