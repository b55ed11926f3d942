"""How the commands refuse: one line in Vietnamese, status 2, never a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError
from django.db import ProgrammingError
from psycopg.errors import UndefinedTable

from tieubieu.errors import DomainError

NOT_MIGRATED = (
    "Cơ sở dữ liệu chưa được chuẩn bị; chạy `tieubieu migrate` trước. / The database is new: run `tieubieu migrate`."
)


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn a refusal of the platform, and a database without our tables, into the command's own refusal."""
    try:
        yield
    except DomainError as refused:
        raise CommandError(refused.message, returncode=2) from refused
    except ProgrammingError as error:
        if not isinstance(error.__cause__, UndefinedTable):
            raise
        raise CommandError(NOT_MIGRATED, returncode=2) from error
