"""Relays and workers of a test's own, started as real processes against the tests' database."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.db import connection

import tieubieu

PLATFORM = Path(tieubieu.__file__).parents[1]
WORKER = ("celery", "-A", "tieubieu.celery", "worker", "--concurrency", "2", "--without-gossip", "--without-mingle")
RELAY = ("tieubieu", "relay", "--interval", "0.1")


class Station:
    """`settings` is a module in `folder`; each process stands in a group that only we end."""

    def __init__(self, redis_url: str, *, settings: str, folder: Path, **environment: str) -> None:
        self.environment = os.environ | environment
        self.environment |= {
            "DJANGO_SETTINGS_MODULE": settings,
            "STATION_DATABASE": str(connection.settings_dict["NAME"]),
            "REDIS_URL": redis_url,
            "PYTHONPATH": os.pathsep.join([str(PLATFORM), str(PLATFORM.parent), str(folder)]),
            "PYTHONWARNINGS": "ignore",
        }
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self, words: tuple[str, ...]) -> subprocess.Popen[bytes]:
        made = subprocess.Popen([sys.executable, "-m", *words], env=self.environment, start_new_session=True)
        self.running.append(made)
        return made

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        self.running.remove(process)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def kill_all(self) -> None:
        for process in list(self.running):
            self.kill(process)


def eventually(holds: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.05)
    return holds()
