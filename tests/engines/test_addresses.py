"""Addresses are known before anything runs, and every client of the house understands them."""

import os
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import environ
import pytest
from redis.connection import parse_url as parse_redis_url

from tieubieu import engines
from tieubieu.engines import Engines


def test_the_home_can_be_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIEUBIEU_HOME", "/srv/tb")

    assert engines.home() == Path("/srv/tb")
    assert engines.home("test") == Path("/srv/tb/test")
    assert engines.database_url() == "postgresql://tieubieu@/tieubieu?host=/srv/tb/run"
    assert engines.redis_url() == "unix:///srv/tb/run/valkey.sock?db=0"
    assert engines.broker_url() == "redis+socket:///srv/tb/run/valkey.sock?virtual_host=0"


def test_the_home_of_a_checkout_belongs_to_its_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TIEUBIEU_HOME", raising=False)
    checkout = Path(__file__).parents[2]

    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert engines.home() == checkout / ".tieubieu"

    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert engines.home().parent == Path("/var/lib/tieubieu")


def test_asking_for_an_address_makes_nothing(place: Path) -> None:
    quiet = Engines(place / "home")

    assert quiet.postgres.url()
    assert quiet.valkey.url()
    assert not (place / "home").exists()


def test_a_home_with_a_long_path_has_its_sockets_elsewhere() -> None:
    near, far = Engines(Path("/srv/tb")), Engines(Path("/srv") / ("x" * 120))

    assert near.home.sockets == Path("/srv/tb/run")
    assert far.home.sockets.parent == Path("/tmp")
    assert far.home.sockets == Engines(far.path).home.sockets
    assert len(bytes(far.valkey.socket)) < 104


def test_a_space_or_a_letter_with_marks_in_the_path_confuses_no_client() -> None:
    chosen = Engines(Path("/srv/sở công thương"))
    sockets = str(chosen.home.sockets)

    assert parse_qs(urlsplit(chosen.postgres.url()).query)["host"] == [sockets]
    assert environ.Env.db_url_config(chosen.postgres.url())["OPTIONS"] == {"host": sockets}
    assert parse_redis_url(chosen.valkey.url())["path"] == f"{sockets}/valkey.sock"


def test_a_real_server_keeps_its_address_for_celery() -> None:
    assert engines.broker_url("redis://:secret@redis.internal:6379/2") == "redis://:secret@redis.internal:6379/2"
