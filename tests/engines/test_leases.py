"""The last one out stops the engines, however it goes out; nobody stops them under somebody else's feet."""

import signal
import subprocess
import sys
from pathlib import Path

from tieubieu.engines import Engines, servers

OWNER = """
import sys
from pathlib import Path
from tieubieu.engines import Engines
with Engines(Path(sys.argv[1]), fsync=False).running(database=False):
    print("ready", flush=True)
    sys.stdin.read()
"""


def owner(path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def leave(process: subprocess.Popen[str]) -> None:
    process.communicate(timeout=60)


def test_what_a_block_started_is_stopped_at_its_end(engines: Engines) -> None:
    with engines.running():
        assert engines.postgres.is_ready()
        assert engines.valkey.is_ready()

    assert not engines.postgres.is_ready()
    assert not engines.valkey.is_ready()


def test_only_what_is_asked_for_is_started(engines: Engines) -> None:
    with engines.running(database=False):
        assert engines.valkey.is_ready()
        assert not engines.postgres.is_ready()
    with engines.running(database=False, redis=False):
        assert not engines.valkey.is_ready()


def test_the_first_to_leave_takes_nothing_from_the_others(engines: Engines) -> None:
    first, second = owner(engines.path), owner(engines.path)

    leave(first)
    assert engines.valkey.is_ready()
    leave(second)
    assert not engines.valkey.is_ready()


def test_a_killed_owner_leaves_nothing_running(engines: Engines) -> None:
    process = owner(engines.path)
    process.send_signal(signal.SIGKILL)
    process.communicate()

    assert servers.wait_until(lambda: not engines.valkey.is_ready(), seconds=60)


def test_engines_started_for_good_outlive_a_block(engines: Engines) -> None:
    engines.ensure_running(database=False)

    with engines.running(database=False):
        pass

    assert engines.valkey.is_ready()


def test_owners_who_come_together_start_one_server(engines: Engines) -> None:
    together = [
        subprocess.Popen(
            [sys.executable, "-c", OWNER, str(engines.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    pids = set()
    for process in together:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        pids.add(engines.valkey.pid())
    for process in together:
        leave(process)

    assert len(pids) == 1
    assert not engines.valkey.is_ready()
