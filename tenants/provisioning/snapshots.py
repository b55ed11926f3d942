"""The template and its snapshots: what a tenant schema is made of, once per state of the migrations."""

from collections.abc import Callable
from functools import cache

from django.apps import apps
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from tenants.gateways import as_owner
from tenants.models import SchemaSnapshot
from tenants.provisioning.names import TEMPLATE, quoted
from tenants.provisioning.reading import read_schema
from tenants.provisioning.states import Name, current_state, on_disk
from tieubieu.binding import PUBLIC, bound

FLOORS = ("tieubieu", "tenants", "apps", "workers")


def migrate_schema(schema: str) -> None:
    """Apply every missing migration to one schema as Django does, each in its own transaction. Idempotent."""
    migrate_packages(schema)
    with as_owner(schema):
        _migrate(lambda app: True)


def migrate_packages(schema: str) -> None:
    """Apply the missing migrations of installed packages, before ours make them dear.

    A step that touches a relation makes Django build all related models anew: to a person's account, nearly every
    model of ours.
    """
    with as_owner(schema):
        _migrate(lambda app: apps.get_app_config(app).name.partition(".")[0] not in FLOORS)


def _migrate(is_wanted: Callable[[str], bool]) -> None:
    executor = MigrationExecutor(connection)
    executor.loader.check_consistent_history(connection)
    executor.migrate([leaf for leaf in executor.loader.graph.leaf_nodes() if is_wanted(leaf[0])])


def ensure_template() -> None:
    """Make the template's schema; `migrate_schema` fills it."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {quoted(TEMPLATE)}")


def snapshot() -> SchemaSnapshot:
    """Return the snapshot of today's state, reading the migrated template the first time."""
    state = current_state()
    with as_owner():
        found = SchemaSnapshot.objects.filter(pk=state).first()
    return found or _take(state)


def _take(state: str) -> SchemaSnapshot:
    ensure_template()
    migrate_schema(TEMPLATE)
    with as_owner(TEMPLATE), transaction.atomic():
        statements = read_schema(TEMPLATE)
    with as_owner():
        return SchemaSnapshot.objects.get_or_create(
            pk=state, defaults={"migrations": sorted(on_disk()), "statements": statements}
        )[0]


@cache
def lacks(state: str) -> frozenset[Name]:
    """The migrations that this process needs and a schema in that state does not have; asked once per state."""
    if state == current_state():
        return frozenset()
    with bound(PUBLIC):
        found = SchemaSnapshot.objects.filter(pk=state).values_list("migrations", flat=True).first()
    return on_disk() - {(app, name) for app, name in found or ()}
