"""One PostgreSQL per home: quick, private, and able to get up again after whatever happened to it."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

import psycopg
import pytest

from tieubieu.engines import EngineError, Engines

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root lends an account to the engines")


def ask(engines: Engines, question: str) -> object:
    with psycopg.connect(engines.postgres.url(), autocommit=True) as connection:
        row = connection.execute(question).fetchone()
    return row[0] if row and len(row) == 1 else row


def write(engines: Engines, statement: str) -> None:
    with psycopg.connect(engines.postgres.url(), autocommit=True) as connection:
        connection.execute(statement)


def start(engines: Engines) -> list[str]:
    return engines.ensure_running(redis=False)


def test_the_first_start_makes_a_database_that_speaks_vietnamese(bare: Engines) -> None:
    started = start(bare)

    assert started == ["PostgreSQL"]
    assert ask(bare, "show server_encoding") == "UTF8"
    assert ask(bare, "select datlocale from pg_database where datname = 'tieubieu'") == "C.UTF-8"
    assert ask(bare, "select lower('ĐẮK LẮK')") == "đắk lắk"
    assert ask(bare, "show max_locks_per_transaction") == "256"
    assert ask(bare, "show max_connections") == "100"
    assert ask(bare, "show listen_addresses") == ""


def test_the_application_is_no_superuser(engines: Engines) -> None:
    start(engines)

    facts = ask(engines, "select rolsuper, rolcreatedb, rolcreaterole from pg_roles where rolname = current_user")

    assert facts == (False, True, True)


def test_a_second_call_starts_nothing_and_data_outlives_a_stop(engines: Engines) -> None:
    start(engines)
    write(engines, "create table kept as select 7 as value")

    assert start(engines) == []
    engines.stop()
    assert not engines.postgres.is_ready()
    assert start(engines) == ["PostgreSQL"]
    assert ask(engines, "select value from kept") == 7


def test_fsync_is_on_unless_a_test_says_otherwise(place: Path) -> None:
    careful = Engines(place / "careful")
    start(careful)
    try:
        assert ask(careful, "show fsync") == "on"
    finally:
        careful.stop()


def test_a_killed_server_comes_back_with_what_was_committed(engines: Engines) -> None:
    start(engines)
    write(engines, "create table kept as select 7 as value")
    pid = engines.postgres.pid()
    assert pid is not None
    os.kill(pid, signal.SIGKILL)

    assert start(engines) == ["PostgreSQL"]
    assert ask(engines, "select value from kept") == 7


def test_a_stale_pid_file_that_names_a_stranger_harms_nobody(engines: Engines) -> None:
    start(engines)
    engines.stop()
    stranger = subprocess.Popen(["sleep", "60"], **engines.home.account.popen())  # type: ignore[call-overload]
    file = engines.home.postgres_data / "postmaster.pid"
    file.write_text(f"{stranger.pid}\n{engines.home.postgres_data}\n")
    try:
        assert start(engines) == ["PostgreSQL"]
        engines.stop()
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_copied_home_does_not_touch_the_server_it_was_copied_from(engines: Engines, place: Path) -> None:
    start(engines)
    first = engines.postgres.pid()
    copy = Engines(place / "copy", fsync=False)
    subprocess.run(["cp", "-a", engines.path, copy.path], check=True)
    try:
        assert start(copy) == ["PostgreSQL"]
        assert copy.postgres.pid() != first
    finally:
        copy.stop()
    assert engines.postgres.pid() == first
    assert engines.postgres.is_ready()


def test_a_server_whose_socket_was_swept_away_is_started_anew(engines: Engines) -> None:
    start(engines)
    first = engines.postgres.pid()
    (engines.home.sockets / ".s.PGSQL.5432").unlink()

    assert start(engines) == ["PostgreSQL"]
    assert engines.postgres.pid() != first


def test_a_first_start_that_was_cut_short_is_made_good(bare: Engines) -> None:
    bare.home.prepare()
    draft = bare.path / "postgres.new"
    draft.mkdir()
    (draft / "PG_VERSION").write_text("18\n")

    assert start(bare) == ["PostgreSQL"]
    assert not draft.exists()


def test_a_lost_database_is_made_again_on_the_running_server(engines: Engines) -> None:
    start(engines)
    with psycopg.connect(engines.postgres.url("postgres", user="postgres"), autocommit=True) as connection:
        connection.execute("drop database tieubieu")

    assert start(engines) == []
    assert ask(engines, "select current_database()") == "tieubieu"


def test_data_of_another_major_version_is_refused_in_one_line(engines: Engines) -> None:
    start(engines)
    engines.stop()
    (engines.home.postgres_data / "PG_VERSION").write_text("15\n")

    with pytest.raises(EngineError) as refusal:
        start(engines)

    assert "PostgreSQL 15" in str(refusal.value)
    assert "pg_dump" in str(refusal.value)
    assert "\n" not in str(refusal.value)


@only_root
def test_data_of_another_account_is_refused(engines: Engines) -> None:
    start(engines)
    engines.stop()
    os.chown(engines.home.postgres_data, 12345, 12345)

    with pytest.raises(EngineError, match="uid 12345"):
        start(engines)


@only_root
def test_a_home_that_the_lent_account_cannot_reach_is_refused(place: Path) -> None:
    place.chmod(0o700)

    with pytest.raises(EngineError, match="TIEUBIEU_HOME"):
        start(Engines(place / "home"))

    assert not (place / "home").exists()
    place.chmod(0o711)


@only_root
def test_root_runs_the_server_under_an_unprivileged_account(engines: Engines) -> None:
    start(engines)

    assert os.stat(f"/proc/{engines.postgres.pid()}").st_uid == engines.home.account.uid != 0
    assert os.stat(engines.home.sockets).st_mode & 0o777 == 0o700


def test_a_failure_to_start_is_one_line_with_the_log(engines: Engines) -> None:
    start(engines)
    engines.stop()
    shutil.rmtree(engines.home.postgres_data / "pg_wal")

    with pytest.raises(EngineError) as refusal:
        start(engines)

    assert "postgres.log" in str(refusal.value)
    assert "\n" not in str(refusal.value)
