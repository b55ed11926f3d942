"""Make schemas from the snapshot, and keep a few made."""

from uuid import uuid4

from django.db import connection, transaction

from tenants.gateways import as_owner
from tenants.models import SpareSchema, role_of
from tenants.provisioning.names import SPARE, quoted
from tenants.provisioning.rights import current_rights, drop_role, hand_over_role, open_tenant
from tenants.provisioning.snapshots import snapshot
from tenants.provisioning.states import current_state

SPARES_KEPT = 3


def stamp(schema: str) -> str:
    """Make a schema from the snapshot in one transaction and return its state; its role may enter it.

    Raises `ProgrammingError` when the schema exists.
    """
    made = snapshot()
    with as_owner(), transaction.atomic():
        _lay(schema, made.statements)
        open_tenant(schema)
    return made.state


def claim(schema: str) -> str | None:
    """Turn a spare schema into this one within milliseconds and return its state; None when no spare is left.

    Must run in the transaction that needs it: a rollback gives the spare back.
    """
    with as_owner(), transaction.atomic():
        ready = SpareSchema.objects.select_for_update(no_key=True, skip_locked=True)
        spare = ready.filter(schema_state=current_state(), rights_state=current_rights()).order_by("created_at").first()
        if spare is None:
            return None
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER SCHEMA {quoted(spare.schema_name)} RENAME TO {quoted(schema)}")
        hand_over_role(role_of(spare.schema_name), schema)
        spare.delete()
        return spare.schema_state


def keep_spares(count: int = SPARES_KEPT) -> int:
    """Drop spares of another state or other rights, stamp new ones up to the count; return how many were stamped."""
    made = snapshot()
    with as_owner():
        for old in SpareSchema.objects.exclude(schema_state=made.state, rights_state=current_rights()):
            drop(old.schema_name)
            drop_role(role_of(old.schema_name))
        missing = range(count - SpareSchema.objects.count())
    for _ in missing:
        _stamp_spare(made.statements, made.state)
    return len(missing)


def drop(schema: str) -> None:
    """Drop a schema with all its rows. Its role stays: it belongs to the server, and may serve another database."""
    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {quoted(schema)} CASCADE")
        SpareSchema.objects.filter(pk=schema).delete()


def _stamp_spare(statements: list[str], state: str) -> None:
    name = f"{SPARE}{uuid4().hex[:12]}"
    with as_owner(), transaction.atomic():
        _lay(name, statements)
        open_tenant(name)
        SpareSchema.objects.create(schema_name=name, schema_state=state, rights_state=current_rights())


def _lay(schema: str, statements: list[str]) -> None:
    """Run the statements where the schema's name is the only thing on the search path; then put the path back."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {quoted(schema)}")
        cursor.execute("SET LOCAL check_function_bodies = off")
    with as_owner(schema), connection.cursor() as cursor:
        cursor.execute(";\n".join(statements))
