"""Waiting for locks without making everybody else wait, and keeping two runs apart."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import DatabaseError, OperationalError, connection
from psycopg.errors import DeadlockDetected, LockNotAvailable

from tenants.gateways import as_owner

LOCK_TIMEOUT = "3s"
TRIES = 10
RUN = 7_461_646  # the advisory lock of a run: any number that nothing else uses


@contextmanager
def one_at_a_time(tell: Callable[[str], object]) -> Iterator[None]:
    """Let one run at a time change schemas; the second waits. The lock goes with the process that holds it."""
    holder = connection.copy()
    try:
        with as_owner(), holder.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [RUN])
            if not cursor.fetchone()[0]:
                tell("Một lần nâng cấp khác đang chạy; chờ lần ấy xong.")
                cursor.execute("SELECT pg_advisory_lock(%s)", [RUN])
        yield
    finally:
        holder.close()


def patiently(work: Callable[[str], object], schema: str) -> str:
    """Do the work on a schema, again and again while somebody holds a lock; return what went wrong, or nothing."""
    for attempt in range(1, TRIES + 1):
        try:
            work(schema)
        except OperationalError as error:
            if not _is_about_locks(error) or attempt == TRIES:
                return _told(error)
            time.sleep(random.uniform(0.1, 0.3) * attempt)  # noqa: S311 - spreads load, guards nothing
        except DatabaseError as error:
            return _told(error)
        else:
            return ""
    raise AssertionError


def _is_about_locks(error: OperationalError) -> bool:
    return isinstance(error.__cause__, LockNotAvailable | DeadlockDetected)


def _told(error: DatabaseError) -> str:
    return f"{type(error).__name__}: {str(error).strip()}"
