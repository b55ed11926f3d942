"""Keeps the processes of one machine running, and leaves none behind."""

import fcntl
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType, TracebackType
from typing import Self

from tieubieu.engines import EngineError
from tieubieu.engines.homes import Home
from tieubieu.processes.children import LONGEST_PAUSE_SECONDS, Child
from tieubieu.processes.plan import EVERYTHING, Process

LOOK_SECONDS = 0.2
LOOK_AT_ENGINES_SECONDS = 2.0
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class AlreadyRunning(Exception):
    """Another stack of this home is running; `pid` is its process."""

    def __init__(self, pid: int) -> None:
        super().__init__(
            f"Hệ thống của thư mục này đang chạy rồi (tiến trình {pid}); dừng bằng Ctrl-C ở cửa sổ kia."
            f" / It is already running here (process {pid}); stop it with Ctrl-C there."
        )
        self.pid = pid


def say(text: str) -> None:
    """Tell the person at the terminal."""
    print(text, flush=True)


@dataclass
class Stack:
    """The running processes of one home, inside a `with` block.

    A child that ends is started again, after a growing pause. `keep_engines` is asked every two
    seconds to start what stopped of the engines, and says what it started. Leaving the block, a
    signal to stop, or the supervisor's death ends all children.
    Raises `AlreadyRunning` when the home has a stack already.
    """

    home: Path
    processes: Iterable[Process] = EVERYTHING
    environment: Mapping[str, str] = field(default_factory=dict)
    keep_engines: Callable[[], list[str]] = list
    tell: Callable[[str], None] = say

    def __enter__(self) -> Self:
        self._stopping = threading.Event()
        self._lock = _claim(self.home)
        logs = self.home / "logs"
        logs.mkdir(exist_ok=True)
        around = {**os.environ, "PYTHONUNBUFFERED": "1", "TIEUBIEU_HOME": str(self.home), **self.environment}
        self.children = [Child(process, logs / f"{process.name}.log", around) for process in self.processes]
        self._engines_at = time.monotonic() + LOOK_AT_ENGINES_SECONDS
        try:
            for child in self.children:
                child.start()
        except BaseException:
            self._end_all()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end_all()

    def wait(self, until: Callable[[], bool] = lambda: False, *, seconds: float = float("inf")) -> bool:
        """Keep everything running until told to stop, or until the condition holds (True) or the time is up."""
        end = time.monotonic() + seconds
        while not self._stopping.is_set() and time.monotonic() < end:
            self.look_after()
            if until():
                return True
            self._stopping.wait(LOOK_SECONDS)
        return False

    def look_after(self) -> None:
        """Start again what ended; call it often."""
        self._look_after_engines()
        for child in self.children:
            status = child.ended()
            if status is not None:
                self.tell(child.obituary(status))
            if child.is_due():
                child.start()

    def stop(self) -> None:
        """Make `wait` return."""
        self._stopping.set()

    @property
    def is_stopping(self) -> bool:
        return self._stopping.is_set()

    def obey_signals(self) -> None:
        """Let Ctrl-C, SIGTERM and a closed terminal end `wait`; a second one is patient no longer."""
        for number in STOP_SIGNALS:
            signal.signal(number, self._on_signal)

    # --- Parts -----------------------------------------------------------------------------------

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        if self._stopping.is_set():
            for child in self.children:
                child.kill()
        self._stopping.set()

    def _look_after_engines(self) -> None:
        if time.monotonic() < self._engines_at:
            return
        try:
            for name in self.keep_engines():
                self.tell(f"{name} đã dừng đột ngột; đã khởi động lại.")
        except EngineError as error:
            self.tell(str(error))
            self._engines_at = time.monotonic() + LONGEST_PAUSE_SECONDS
            return
        self._engines_at = time.monotonic() + LOOK_AT_ENGINES_SECONDS

    def _end_all(self) -> None:
        for child in self.children:
            child.ask_to_stop()
        asked_at = time.monotonic()
        for child in self.children:
            child.insist(asked_at + child.process.stop_seconds)
        os.close(self._lock)


def running_stack(home: Path) -> int | None:
    """Return the process that runs the stack of this home, if one does."""
    try:
        os.close(_claim(home))
    except AlreadyRunning as other:
        return other.pid
    return None


def _claim(home: Path) -> int:
    """Lock the home for one stack; the kernel gives the lock back however the stack ends."""
    Home(home).make()
    lock = os.open(home / "stack.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        pid = int(os.read(lock, 20) or b"0")
        os.close(lock)
        raise AlreadyRunning(pid) from None
    os.ftruncate(lock, 0)
    os.pwrite(lock, str(os.getpid()).encode(), 0)
    return lock
