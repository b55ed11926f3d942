"""Which processes the platform is made of. The container composition runs the same commands (a test compares)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Process:
    """One kind of process: `python -m` followed by these words; asked to stop, it gets so many seconds."""

    name: str
    command: tuple[str, ...]
    stop_seconds: float = 10


WEB = Process("web", ("gunicorn", "tieubieu.wsgi:application", "--config", "python:tieubieu.processes.web"))
WORKER = Process(
    "worker",
    (
        *("celery", "-A", "tieubieu.celery", "worker", "--pool", "prefork", "--concurrency", "2"),
        *("--include", "tieubieu.processes.worker", "--without-gossip", "--without-mingle", "--loglevel", "INFO"),
    ),
)
# The relay is also the clock: what is due at a time is due as a message, so there is no beat to keep alive.
RELAY = Process("relay", ("tieubieu", "relay"))

EVERYTHING = (WEB, WORKER, RELAY)
BEHIND_THE_WEB = (WORKER, RELAY)
