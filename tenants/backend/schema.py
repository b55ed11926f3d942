"""Schema changes, and a way to overhear them so that they can be repeated in other schemas."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.backends.postgresql.schema import DatabaseSchemaEditor as PostgresSchemaEditor

_overheard: ContextVar[list[str] | None] = ContextVar("overheard_statements", default=None)


@contextmanager
def overhearing() -> Iterator[list[str]]:
    """Collect every statement that schema editors execute in this block, parameters filled in."""
    statements: list[str] = []
    token = _overheard.set(statements)
    try:
        yield statements
    finally:
        _overheard.reset(token)


class DatabaseSchemaEditor(PostgresSchemaEditor):
    def execute(self, sql: Any, params: Any = ()) -> Any:
        heard = _overheard.get()
        if heard is not None and not self.collect_sql:
            heard.append(str(sql if params is None else self.connection.ops.compose_sql(str(sql), params)))
        return super().execute(sql, params)
