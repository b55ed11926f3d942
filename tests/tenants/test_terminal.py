"""At a real terminal: our commands are reached, and a database that does not answer is told in words."""

import os
import subprocess
import sys

import pytest


def at_terminal(line: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tieubieu", *line.split()],
        env={**os.environ, "REDIS_URL": "redis://127.0.0.1:1/0", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("command", ["migrate", "list-tenants", "suspend-tenant x", "create-tenant x --name y"])
def test_an_unreachable_database_is_told_with_status_2(command):
    ended = at_terminal(command, DATABASE_URL="postgres://tb:secret@127.0.0.1:1/nowhere")

    assert ended.returncode == 2
    assert "DATABASE_URL" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "secret" not in ended.stderr


def test_an_unreadable_address_is_told_on_one_line_with_status_2():
    ended = at_terminal("migrate", DATABASE_URL="mysql://x/y")

    assert (ended.returncode, ended.stderr.count("\n")) == (2, 1)


@pytest.mark.parametrize(("command", "own"), [("create-tenant", "--province-code"), ("migrate", "--spares")])
def test_our_commands_win_over_those_of_django_tenants(command, own):
    assert own in at_terminal(f"{command} --help").stdout
