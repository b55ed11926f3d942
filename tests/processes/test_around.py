"""A command at the terminal has its engines, and says in one place why it cannot work."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.db import OperationalError

from tieubieu.processes.around import around, is_unreachable, needs_engines

WORK = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "tieubieu.settings.development"
import django; django.setup()
import psycopg
from django.conf import settings
from tieubieu.processes.around import around
with around(["list_tenants"]):
    psycopg.connect(sys.argv[1] if len(sys.argv) > 1 else settings.ENV.database_url).close()
    print("worked")
"""


def work(home: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
    return subprocess.run(
        [sys.executable, "-c", WORK, *words],
        env={**inherited, "TIEUBIEU_HOME": str(home), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("line", "needed"),
    [
        ("list_tenants", True),
        ("demo --json", True),
        ("migrate", True),
        ("check --database default", True),
        ("check --deploy", False),
        ("rank file.json", False),
        ("run", False),
        ("demo --help", False),
        ("--version", False),
        ("", False),
    ],
)
def test_only_commands_that_work_on_them_start_engines(line: str, needed: bool) -> None:
    assert needs_engines(line.split()) is needed


def test_an_unreachable_database_ends_with_status_2_and_its_address(tmp_path: Path) -> None:
    url = "postgres://tb:secret@127.0.0.1:1/nowhere"

    ended = work(tmp_path, url, DATABASE_URL=url, REDIS_URL="redis://127.0.0.1:1/0")

    assert ended.returncode == 2
    assert "127.0.0.1:1/nowhere" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "secret" not in ended.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="only root lends an account to the engines")
def test_an_engine_that_cannot_start_ends_with_status_1_and_one_line(tmp_path: Path) -> None:
    ended = work(tmp_path / "closed")  # pytest's folder is closed to the lent account

    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert "TIEUBIEU_HOME" in ended.stderr


def test_a_deadlock_is_no_unreachable_database() -> None:
    assert not is_unreachable(psycopg.errors.DeadlockDetected("deadlock"))
    assert is_unreachable(psycopg.OperationalError("connection refused"))


def test_other_errors_pass() -> None:
    with pytest.raises(OperationalError, match="mine"), around(["rank"]):
        raise OperationalError("mine")


def test_an_interruption_ends_quietly() -> None:
    with pytest.raises(SystemExit) as ended, around(["rank"]):
        raise KeyboardInterrupt

    assert ended.value.code == 130
