"""Gunicorn's settings: synchronous views on threads, so that each request has one thread and its own binding."""

import sys
from pathlib import Path
from typing import Any

from tieubieu.settings import environment

try:
    _port = environment.read().port
except environment.WrongSetting as wrong:
    print(wrong, file=sys.stderr)
    raise SystemExit(2) from None

# Behind a proxy on another machine: GUNICORN_CMD_ARGS="--bind=0.0.0.0:8000", as in the container.
bind = f"127.0.0.1:{_port}"
worker_class = "gthread"
workers = 2
threads = 8
# Imported once, shared by the workers: half the start, half the memory.
preload_app = True
timeout = 60
graceful_timeout = 8
keepalive = 5
# A disk that stalls must not look like a worker that hangs.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - Gunicorn makes its file private
# The default lies in the user's home and would be shared by every site of that user.
control_socket_disable = True


def pre_fork(server: Any, worker: Any) -> None:
    """Let no worker inherit a connection: two processes on one would read each other's answers."""
    from django.db import connections  # only now are the settings there

    connections.close_all()
