"""Real relays and workers, killed at the worst moment: everything asked for is done, each thing once."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import outbox_probes
import pytest
import redis
from django.db import connection, transaction

import tieubieu
from tieubieu.binding import PUBLIC, bound
from tieubieu.outbox.models import Message
from tieubieu.outbox.services import emit

pytestmark = pytest.mark.integration

PLATFORM = Path(tieubieu.__file__).parents[1]
WORKER = ("celery", "-A", "tieubieu.celery", "worker", "--concurrency", "2", "--without-gossip", "--without-mingle")
RELAY = ("tieubieu", "relay", "--interval", "0.1")


class Station:
    """Relays and workers of our own; each stands in a process group that only we end."""

    def __init__(self, redis_url: str) -> None:
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "outbox_station",
            "STATION_DATABASE": str(connection.settings_dict["NAME"]),
            "REDIS_URL": redis_url,
            "PYTHONPATH": os.pathsep.join([str(PLATFORM), str(PLATFORM.parent), str(Path(__file__).parent)]),
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


@pytest.fixture
def station(engines, here) -> Iterator[Station]:
    made = Station(engines.valkey.url())
    yield made
    made.kill_all()


def eventually(holds: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.05)
    return holds()


def open_messages() -> int:
    with bound(PUBLIC):
        return Message.objects.filter(done_at=None).count()


def left_marks(place, keys):
    with bound(place):
        return {key: len(outbox_probes.marks(key)) for key in keys}


def test_redis_killed_with_its_data_loses_nothing_and_doubles_nothing(station, engines, here, there):
    keys = [f"việc {number}" for number in range(30)]
    for place in (here, there):
        with bound(place), transaction.atomic():
            for key in keys:
                emit("probes.mark_once", key=key, seconds="0.05")
    for words in (WORKER, RELAY, RELAY):
        station.start(words)
    assert eventually(lambda: open_messages() <= 45, 20), "the work did not begin"

    redis.Redis.from_url(engines.valkey.url()).flushall()
    os.kill(engines.valkey.pid(), signal.SIGKILL)
    time.sleep(1)
    shutil.rmtree(engines.home.valkey_data)
    left = open_messages()
    engines.ensure_running(database=False)

    assert left > 20, "too late to show anything"
    assert eventually(lambda: open_messages() == 0, 30)
    for place in (here, there):
        assert left_marks(place, keys) == dict.fromkeys(keys, 1)


def test_a_killed_process_and_a_killed_worker_are_made_up_for(station, here):
    relay = station.start(RELAY)
    worker = station.start(WORKER)
    with bound(here), transaction.atomic():
        asked = [emit("probes.mark_once", key=key, seconds="2") for key in ("con", "cả nhà")]
    assert eventually(lambda: len(claims(asked)) == 2, 20), "nobody took the work up"

    os.kill(claims(asked)[0], signal.SIGKILL)  # one child, under its worker
    station.kill(worker)  # the rest of it
    station.start(WORKER)

    assert eventually(lambda: open_messages() == 0, 25)
    assert left_marks(here, ["con", "cả nhà"]) == {"con": 1, "cả nhà": 1}
    with bound(PUBLIC):
        assert set(Message.objects.filter(pk__in=asked).values_list("attempts", flat=True)) == {2}

    relay.terminate()
    assert relay.wait(10) == 0


def claims(ids):
    """The process numbers of those who work on these messages."""
    with bound(PUBLIC):
        holders = Message.objects.filter(pk__in=ids, claimed_until__isnull=False).values_list("claimed_by", flat=True)
        return [int(holder.rpartition(":")[2]) for holder in holders]
