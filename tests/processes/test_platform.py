"""The platform itself under its supervisor: `tieubieu run` on a home of its own."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from nation import OPENED

from tieubieu.engines import Engines, servers
from tieubieu.processes import free_port

pytestmark = pytest.mark.integration


@dataclass(frozen=True)
class Running:
    process: subprocess.Popen[str]
    home: Path
    environment: dict[str, str]

    @property
    def port(self) -> int:
        """Where the site said it is: the wished-for port may be gone by the time it listens."""
        return int(OPENED.search(self.said())[1])

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "tieubieu", *words],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def health(self) -> tuple[int, dict[str, object]]:
        try:
            with urllib.request.urlopen(f"http://localhost:{self.port}/suc-khoe/", timeout=10) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)
        except OSError:
            return 0, {}

    def said(self) -> str:
        return (self.home.parent / "said").read_text()

    def pids(self) -> list[int]:
        """Every process that works on this home."""
        mark = f"TIEUBIEU_HOME={self.home}".encode()
        engines = Engines(self.home)
        found = [pid for pid in (engines.postgres.pid(), engines.valkey.pid()) if pid]
        for place in Path("/proc").glob("[0-9]*/environ"):
            try:
                found += [int(place.parent.name)] if mark in place.read_bytes().split(b"\0") else []
            except OSError:
                continue
        return found

    def pid_of(self, words: str) -> int | None:
        asked = ["pgrep", "--parent", str(self.process.pid), "--full", words]
        listed = subprocess.run(asked, capture_output=True, text=True, check=False)
        return int(listed.stdout.split()[0]) if listed.stdout else None


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    top = Path(tempfile.mkdtemp(prefix="tb-"))
    top.chmod(0o711)
    port = free_port(18000 + os.getpid() % 4 * 50)
    inherited = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
    environment = inherited | {
        "TIEUBIEU_HOME": str(top / "home"),
        "TIEUBIEU_PORT": str(port),
        "TIEUBIEU_ENV": "development",
        "DJANGO_SETTINGS_MODULE": "tieubieu.settings.development",
    }
    with (top / "said").open("w") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "tieubieu", "run", "--no-demo"], env=environment, stdout=said, stderr=said, text=True
        )
    started = Running(process, top / "home", environment)
    try:
        assert eventually(lambda: bool(OPENED.search(started.said())), 120), started.said()
        yield started
    finally:
        process.terminate()
        process.wait(30)
        shutil.rmtree(top, ignore_errors=True)


def eventually(holds: Callable[[], bool], seconds: float = 60) -> bool:
    return servers.wait_until(holds, seconds)


def test_every_process_is_well(running: Running) -> None:
    assert eventually(lambda: running.command("health", "relay").returncode == 0)
    assert eventually(lambda: running.command("health", "worker").returncode == 0)
    assert running.command("health", "web").stdout == "ok\n"
    assert running.health() == (200, {"status": "ok", "failed": []})


def test_a_second_run_of_the_same_home_is_refused(running: Running) -> None:
    second = running.command("run")

    assert second.returncode == 1
    assert str(running.process.pid) in second.stderr
    assert "Traceback" not in second.stderr


@pytest.mark.parametrize("words", ["gunicorn", "celery", "tieubieu relay"])
def test_a_killed_process_comes_back(running: Running, words: str) -> None:
    killed = running.pid_of(words)
    assert killed is not None
    os.kill(killed, signal.SIGKILL)

    assert eventually(lambda: running.health()[0] == 200 and running.pid_of(words) not in (None, killed))
    assert "tín hiệu 9" in running.said()


def test_a_lost_valkey_comes_back(running: Running) -> None:
    valkey = Engines(running.home).valkey
    killed = valkey.pid()
    assert killed is not None
    os.kill(killed, signal.SIGKILL)

    assert eventually(lambda: valkey.is_ready() and valkey.pid() != killed)
    assert eventually(lambda: "Valkey đã dừng đột ngột; đã khởi động lại." in running.said())
    assert eventually(lambda: running.health()[0] == 200)


def test_a_valkey_that_hangs_is_named_by_the_health_check_and_replaced(running: Running) -> None:
    hung = Engines(running.home).valkey.pid()
    assert hung is not None
    os.kill(hung, signal.SIGSTOP)

    assert running.health() == (503, {"status": "failed", "failed": ["redis"]})
    assert running.command("health", "web").returncode == 1
    assert eventually(lambda: running.health()[0] == 200)


def test_a_request_to_stop_leaves_nothing_running(running: Running) -> None:
    assert len(running.pids()) > 5

    running.process.terminate()

    assert running.process.wait(30) == 0
    assert eventually(lambda: running.pids() == [], 15)
    assert "Traceback" not in running.said()
