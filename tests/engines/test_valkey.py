"""One Valkey per home: it keeps its queue over a restart, and a broken file never keeps it from ringing."""

import os
import signal
from pathlib import Path

import kombu
import redis

from tieubieu.engines import Engines, broker_url


def start(engines: Engines) -> list[str]:
    return engines.ensure_running(database=False)


def client(engines: Engines) -> redis.Redis:
    return redis.Redis.from_url(engines.valkey.url())


def test_the_queue_is_kept_in_an_append_only_file(bare: Engines) -> None:
    start(bare)

    with client(bare) as bell:
        assert bell.config_get("append*")["appendonly"] == "yes"
        assert bell.config_get("maxmemory-policy")["maxmemory-policy"] == "noeviction"
        bell.rpush("queue", "one")
    bare.stop()

    assert start(bare) == ["Valkey"]
    with client(bare) as bell:
        assert bell.lrange("queue", 0, -1) == [b"one"]


def test_a_second_call_starts_nothing(bare: Engines) -> None:
    assert start(bare) == ["Valkey"]
    assert start(bare) == []


def test_a_killed_server_comes_back_with_its_queue(bare: Engines) -> None:
    start(bare)
    with client(bare) as bell:
        bell.rpush("queue", "one")
    pid = bare.valkey.pid()
    assert pid is not None
    os.kill(pid, signal.SIGKILL)

    assert start(bare) == ["Valkey"]
    with client(bare) as bell:
        assert bell.llen("queue") == 1


def test_a_broken_file_is_set_aside(bare: Engines) -> None:
    start(bare)
    with client(bare) as bell:
        for number in range(100):
            bell.rpush("queue", f"{number:0100}")
    bare.stop()
    (file,) = (bare.home.valkey_data / "appendonlydir").glob("*.incr.aof")
    content = bytearray(file.read_bytes())
    content[200:400] = b"\x00" * 200
    file.write_bytes(content)

    assert start(bare) == ["Valkey"]
    with client(bare) as bell:
        assert bell.llen("queue") == 0
    assert len(list(bare.path.glob("valkey.broken-*"))) == 1


def test_data_that_vanished_does_not_keep_it_from_starting(bare: Engines) -> None:
    start(bare)
    pid = bare.valkey.pid()
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    (bare.home.sockets / "valkey.sock").unlink()
    for file in (bare.home.valkey_data / "appendonlydir").iterdir():
        file.unlink()

    assert start(bare) == ["Valkey"]


def test_a_server_whose_socket_was_swept_away_is_started_anew(bare: Engines) -> None:
    start(bare)
    first = bare.valkey.pid()
    bare.valkey.socket.unlink()

    assert start(bare) == ["Valkey"]
    assert bare.valkey.pid() != first


def test_celery_and_the_cache_reach_the_same_server_whatever_its_path(place: Path) -> None:
    engines = Engines(place / "sở công thương")
    start(engines)
    try:
        with kombu.Connection(broker_url(engines.valkey.url(3))) as broker:
            broker.SimpleQueue("queue").put("one")
        with redis.Redis.from_url(engines.valkey.url(3)) as bell:
            assert bell.llen("queue") == 1
    finally:
        engines.stop()
