"""What is in the bound schema, asked without reading the catalogue of every other tenant."""

from functools import wraps
from typing import Any

from django.db.backends.postgresql.introspection import DatabaseIntrospection as PostgresIntrospection
from django.db.backends.postgresql.introspection import TableInfo
from django.db.migrations.recorder import MigrationRecorder
from django_tenants.utils import quote_schema_name

from tieubieu.binding import current

TABLES = """
SELECT relname, CASE WHEN relispartition THEN 'p' WHEN relkind IN ('m', 'v') THEN 'v' ELSE 't' END,
    obj_description(oid, 'pg_class')
FROM pg_class
WHERE relnamespace = to_regnamespace(%s) AND relkind IN ('f', 'm', 'p', 'r', 'v')
"""


class DatabaseIntrospection(PostgresIntrospection):
    def get_table_list(self, cursor: Any) -> list[Any]:
        cursor.execute(TABLES, [quote_schema_name(current().schema)])
        return [TableInfo(*row) for row in cursor.fetchall() if row[0] not in self.ignored_tables]


@wraps(MigrationRecorder.has_table)
def _has_table(self: Any) -> bool:
    """Look for the bound schema's record of migrations; Django lists every table there is, several times a run."""
    if not self._has_table:
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT to_regclass(%s) IS NOT NULL", [f"{quote_schema_name(current().schema)}.django_migrations"]
            )
            self._has_table = cursor.fetchone()[0]
    return bool(self._has_table)


MigrationRecorder.has_table = _has_table  # type: ignore[method-assign]
