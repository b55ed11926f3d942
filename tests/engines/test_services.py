"""The services are asked whether they are as the platform needs them."""

import dataclasses
from collections.abc import Callable

import psycopg
import pytest
import redis
from pytest_django import Settings

from tieubieu import checks
from tieubieu.engines import Engines

Point = Callable[[Engines], None]


@pytest.fixture
def point(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Point:
    """Point the checks at the engines of a test."""

    def at(engines: Engines) -> None:
        settings.REDIS_URL = engines.valkey.url()
        words = {"host": str(engines.home.sockets), "dbname": "tieubieu", "user": "tieubieu"}
        monkeypatch.setattr(checks, "_connection_words", lambda: words)

    return at


def test_the_embedded_engines_are_fit_but_for_fsync_which_the_test_switched_off(engines: Engines, point: Point) -> None:
    engines.ensure_running()
    point(engines)

    assert [message.id for message in checks.database_faults()] == ["tieubieu.W012"]
    assert checks.redis_faults() == []


def test_services_that_do_not_run_are_one_error_each(engines: Engines, point: Point) -> None:
    point(engines)

    faults = [*checks.database_faults(), *checks.redis_faults()]

    assert [message.id for message in faults] == ["tieubieu.E010", "tieubieu.E020"]
    assert checks.is_refused(faults)
    assert all("\n" not in message.msg for message in faults)


def test_a_redis_that_forgets_and_evicts_is_named(engines: Engines, point: Point) -> None:
    engines.ensure_running(database=False)
    point(engines)
    with redis.Redis.from_url(engines.valkey.url()) as client:
        client.config_set("appendonly", "no")
        client.config_set("maxmemory-policy", "allkeys-lru")

    faults = checks.redis_faults()

    assert [message.id for message in faults] == ["tieubieu.W020", "tieubieu.W021"]
    assert not checks.is_refused(faults)


def test_citus_with_the_shared_outbox_is_refused(engines: Engines, point: Point, settings: Settings) -> None:
    engines.ensure_running(redis=False)
    point(engines)
    with psycopg.connect(engines.postgres.url(user="postgres"), autocommit=True) as connection:
        # The extension itself is not in the embedded engine; its name in the catalogue is what counts.
        connection.execute("create extension citext")
        connection.execute("set allow_system_table_mods = on")
        connection.execute("update pg_extension set extname = 'citus' where extname = 'citext'")

    assert "tieubieu.E013" in {message.id for message in checks.database_faults()}

    settings.OUTBOX_TABLE = "tenant"
    assert "tieubieu.E013" not in {message.id for message in checks.database_faults()}


def test_a_superuser_is_named_on_a_real_server(
    engines: Engines, point: Point, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    engines.ensure_running(redis=False)
    words = {"host": str(engines.home.sockets), "dbname": "tieubieu", "user": "postgres"}
    monkeypatch.setattr(checks, "_connection_words", lambda: words)
    settings.ENV = dataclasses.replace(settings.ENV, embedded_database=False)

    assert "tieubieu.W011" in {message.id for message in checks.database_faults()}
