"""The database wrapper: what is bound is what the connection speaks to, or it speaks not at all.

django-tenants keeps the tenant on the connection, swallows errors of `SET search_path` and lets a
missing schema fall through to public. Here the context variable of `tieubieu.binding` is the only
truth. Every cursor compares it with what the raw connection is known to stand in and, where they
differ, sets search_path and role in one round trip that also proves the schema is there and open.
What is known is forgotten whenever PostgreSQL may have undone it.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.core.signals import request_finished
from django.db import Error, connections
from django.utils.asyncio import async_unsafe
from django.utils.functional import cached_property
from django_tenants.postgresql_backend import base as tenanted
from django_tenants.utils import quote_schema_name
from psycopg.errors import OperationalError, error_from_result
from psycopg.pq import ConnStatus, ExecStatus, TransactionStatus
from psycopg.pq.abc import PGresult

from tenants.backend.cursors import BoundCursor, BoundDebugCursor
from tenants.backend.errors import SchemaMissing, WrongBinding
from tenants.backend.introspection import DatabaseIntrospection
from tenants.backend.operations import DatabaseOperations
from tenants.backend.schema import DatabaseSchemaEditor
from tieubieu.binding import NoTenantBound, Scope, bound, carried, current, current_or_none

OWNER = Scope(schema="public", role=None, slug="", kind="owner", tenant_id=None)


@lru_cache(maxsize=4096)
def words(schema: str, role: str | None, proven: bool) -> bytes:
    """What is said to PostgreSQL to stand in a schema; unless that is proven, with the question whether it is open."""
    path = dict.fromkeys([schema, "public", *getattr(settings, "PG_EXTRA_SEARCH_PATHS", [])])
    said = [f"SET search_path = {', '.join(map(quote_schema_name, path))}"]
    said.append(f"SET ROLE {quote_schema_name(role) if role else 'NONE'}")
    if not proven:
        literal = quote_schema_name(schema).replace("'", "''")
        said.append(f"SELECT has_schema_privilege(to_regnamespace('{literal}'), 'USAGE')")
    return "; ".join(said).encode()


class Standing(NamedTuple):
    """Where one raw connection is known to stand."""

    connection: object
    schema: str
    role: str | None


class DatabaseWrapper(tenanted.DatabaseWrapper):
    ops_class = DatabaseOperations
    SchemaEditorClass = DatabaseSchemaEditor
    _standing: Standing | None = None
    _proven: set[tuple[str, str | None]]

    # --- django-tenants' own state, derived from the binding so that the two cannot disagree -----

    @property
    def schema_name(self) -> str:
        return current().schema

    @schema_name.setter
    def schema_name(self, name: str | None) -> None:
        if name is not None:
            self._agree_with(name)

    @property
    def tenant(self) -> tenanted.FakeTenant:
        return tenanted.FakeTenant(self.schema_name)

    @tenant.setter
    def tenant(self, tenant: Any) -> None:
        if tenant is not None:
            self._agree_with(tenant.schema_name)

    def set_tenant(self, tenant: Any, include_public: bool = True) -> None:
        """Only confirm what is bound; raise `WrongBinding` for anything else. Binding is `bound(scope)`."""
        if self._is_built:
            self._agree_with(tenant.schema_name)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self._is_built = False
        self._proven = set()
        super().__init__(*args, **kwargs)
        self.introspection = DatabaseIntrospection(self)
        self._is_built = True

    def _agree_with(self, schema: str) -> None:
        scope = current_or_none()
        if scope is None or scope.schema != schema:
            raise WrongBinding("Kết nối", schema, scope.schema if scope else None)

    # --- Cursors ---------------------------------------------------------------------------------

    def _cursor(self, name: str | None = None) -> Any:
        current()
        return super()._cursor(name)

    def _handle_search_path(self, cursor: Any = None) -> None:
        """The parent calls this for every cursor, named ones included."""
        self.stand()

    def stand(self) -> None:
        """Bring the raw connection to where the binding says; costs nothing when it is known to be there."""
        scope = current()
        if self.connection is not None and self._standing != Standing(self.connection, scope.schema, scope.role):
            self._move(scope)

    def is_usable(self) -> bool:
        """Going where the binding says answers the health check too, and has to be done anyway."""
        scope = current_or_none()
        if scope is None or self.connection is None:
            return super().is_usable()
        try:
            self._move(scope)
        except (Error, SchemaMissing):
            return False
        return True

    def _move(self, scope: Scope) -> None:
        self._standing = None
        self._stand(scope)
        self._standing = Standing(self.connection, scope.schema, scope.role)

    def _stand(self, scope: Scope) -> None:
        is_proven = (scope.schema, scope.role) in self._proven
        with self.wrap_database_errors:
            answer = self._say(words(scope.schema, scope.role, is_proven))
        if not is_proven:
            if answer.get_value(0, 0) != b"t":
                raise SchemaMissing(scope.schema, scope.role)
            self._proven.add((scope.schema, scope.role))

    def _say(self, statement: bytes) -> PGresult:
        # Straight to libpq: a cursor of psycopg would take longer than the statement itself.
        result: PGresult = self.connection.pgconn.exec_(statement)
        if self.connection.pgconn.status == ConnStatus.BAD:
            # Lost: the server gave no code, from which the kind of error would follow.
            raise OperationalError(result.get_error_message())
        if result.status == ExecStatus.FATAL_ERROR:
            raise error_from_result(result)
        return result

    def make_cursor(self, cursor: Any) -> BoundCursor:
        return BoundCursor(cursor, self)

    def make_debug_cursor(self, cursor: Any) -> BoundDebugCursor:
        return BoundDebugCursor(cursor, self)

    def _plain_cursor(self) -> Any:
        """A cursor for what belongs to no schema, such as control of transactions; it stands nowhere."""
        cursor = super(tenanted.DatabaseWrapper, self)._cursor()
        cursor.home = None
        return cursor

    # --- What PostgreSQL may have undone ---------------------------------------------------------

    def forget(self) -> None:
        """Drop what is known about the raw connection; the next cursor sets path and role again."""
        self._standing = None

    def _doubt(self) -> None:
        """Drop also what is known about schemas: their making may have been undone."""
        self._proven.clear()
        self.forget()

    def connect(self) -> None:
        self._doubt()
        super().connect()

    def close(self) -> None:
        self.forget()
        super().close()

    @async_unsafe
    def commit(self) -> None:
        """To commit an aborted transaction is to roll it back; PostgreSQL does so without an error."""
        known = None if self._is_aborted() else self._standing
        self.forget()
        super().commit()
        self._standing = known

    def _is_aborted(self) -> bool:
        return self.connection is not None and self.connection.info.transaction_status == TransactionStatus.INERROR

    @async_unsafe
    def rollback(self) -> None:
        self._doubt()
        super().rollback()

    @async_unsafe
    def savepoint_rollback(self, sid: str) -> None:
        try:
            super().savepoint_rollback(sid)
        finally:
            self._doubt()

    # Savepoints must work in an aborted transaction, where path and role can no longer be set.

    def _savepoint(self, sid: str) -> None:
        self._control(self.ops.savepoint_create_sql(sid))

    def _savepoint_rollback(self, sid: str) -> None:
        self._control(self.ops.savepoint_rollback_sql(sid))

    def _savepoint_commit(self, sid: str) -> None:
        self._control(self.ops.savepoint_commit_sql(sid))

    def check_constraints(self, table_names: list[str] | None = None) -> None:
        self._control("SET CONSTRAINTS ALL IMMEDIATE")
        self._control("SET CONSTRAINTS ALL DEFERRED")

    def _control(self, statement: str) -> None:
        with self._plain_cursor() as cursor:
            cursor.execute(statement)

    # --- Django's own questions ------------------------------------------------------------------

    @async_unsafe
    def on_commit(self, func: Callable[[], object], robust: bool = False) -> None:
        """Run the function after the commit, bound as it was when it was registered."""
        super().on_commit(carried(func) if callable(func) else func, robust)

    @cached_property
    def pg_version(self) -> int:
        with bound(OWNER), self.temporary_connection():
            return int(self.connection.info.server_version)


def forget_everything(**_: object) -> None:
    """A request has ended: what its connection stood in is nobody's assumption any more."""
    for connection in connections.all(initialized_only=True):
        if isinstance(connection, DatabaseWrapper):
            connection.forget()


request_finished.connect(forget_everything, dispatch_uid="tenants.backend.forget_everything")

__all__ = ["OWNER", "DatabaseWrapper", "NoTenantBound", "SchemaMissing", "WrongBinding"]
