"""The state of a schema: which migrations have been applied to it."""

import hashlib
import pkgutil
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import import_module

from django.apps import AppConfig, apps
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

Name = tuple[str, str]

TOGETHER = 100
"""How many schemas one statement asks: each costs a lock, and the lock table is shared by everybody."""

KEEPING_RECORD = """
SELECT nspname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
WHERE relname = 'django_migrations' AND nspname = ANY(%s)
"""
STATE = """
SELECT '{schema}', left(encode(sha256(convert_to(coalesce(
    string_agg(app || '.' || name, E'\\n' ORDER BY (app || '.' || name) COLLATE "C"), ''), 'UTF8')), 'hex'), 16)
FROM "{schema}".django_migrations WHERE app = ANY(%s)
"""


def state_of(names: Iterable[Name]) -> str:
    """One short word for a set of migrations; the order in which they were applied does not matter."""
    text = "\n".join(sorted(f"{app}.{name}" for app, name in names))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@cache
def on_disk() -> frozenset[Name]:
    """The tenant apps' migrations as this process's files have them, read once and without importing them."""
    found = (_migrations_of(app) for app in apps.get_app_configs() if _is_tenant_app(app))
    return frozenset(name for names in found for name in names)


def current_state() -> str:
    """The state that this version of the platform needs."""
    return state_of(on_disk())


def states_of(schemas: Sequence[str]) -> dict[str, str]:
    """The state of each schema by its own record, asked a hundred schemas at a time."""
    found = dict.fromkeys(schemas, state_of(()))
    labels = [app.label for app in apps.get_app_configs() if _is_tenant_app(app)]
    with connection.cursor() as cursor:
        cursor.execute(KEEPING_RECORD, [list(schemas)])
        keeping = sorted(row[0] for row in cursor.fetchall())
        for start in range(0, len(keeping), TOGETHER):
            asked = [STATE.format(schema=schema) for schema in keeping[start : start + TOGETHER]]
            cursor.execute(" UNION ALL ".join(asked), [labels] * len(asked))
            found |= dict(cursor.fetchall())
    return found


def applied(schema: str) -> frozenset[Name]:
    """Every migration that a schema has recorded; none when it keeps no record."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [f'"{schema}".django_migrations'])
        if not cursor.fetchone()[0]:
            return frozenset()
        cursor.execute(f'SELECT app, name FROM "{schema}".django_migrations')  # noqa: S608 - a schema's name
        return frozenset(cursor.fetchall())


def _is_tenant_app(app: AppConfig) -> bool:
    return {app.name, f"{type(app).__module__}.{type(app).__qualname__}"} & set(settings.TENANT_APPS) != set()


def _migrations_of(app: AppConfig) -> set[Name]:
    module_name, _ = MigrationLoader.migrations_module(app.label)
    if module_name is None:
        return set()
    try:
        package = import_module(module_name)
    except ModuleNotFoundError:
        return set()
    modules = pkgutil.iter_modules(package.__path__)
    return {(app.label, m.name) for m in modules if not m.ispkg and m.name[0] not in "_~"}
