"""Real relays and workers, killed at the worst moment: everything asked for is done, each thing once."""

import os
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import outbox_probes
import pytest
import redis
from django.db import transaction
from stations import RELAY, WORKER, Station, eventually

from tieubieu.binding import PUBLIC, bound
from tieubieu.outbox.models import Message
from tieubieu.outbox.services import emit

pytestmark = pytest.mark.integration


@pytest.fixture
def station(engines, here) -> Iterator[Station]:
    made = Station(engines.valkey.url(), settings="outbox_station", folder=Path(__file__).parent)
    yield made
    made.kill_all()


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
    assert eventually(lambda: open_messages() <= 45, 60), "the work did not begin"

    redis.Redis.from_url(engines.valkey.url()).flushall()
    os.kill(engines.valkey.pid(), signal.SIGKILL)
    time.sleep(1)
    shutil.rmtree(engines.home.valkey_data)
    left = open_messages()
    engines.ensure_running(database=False)

    assert left > 20, "too late to show anything"
    assert eventually(lambda: open_messages() == 0, 90)
    for place in (here, there):
        assert left_marks(place, keys) == dict.fromkeys(keys, 1)


def test_a_killed_process_and_a_killed_worker_are_made_up_for(station, here):
    relay = station.start(RELAY)
    worker = station.start(WORKER)
    with bound(here), transaction.atomic():
        asked = [emit("probes.mark_once", key=key, seconds="2") for key in ("con", "cả nhà")]
    assert eventually(lambda: len(claims(asked)) == 2, 60), "nobody took the work up"

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
