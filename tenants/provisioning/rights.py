"""The second wall: what each database role may do. Everything here may be repeated.

Apps declare what their tables allow, as attributes of their AppConfig; what is not declared is refused:

    tenant_may = {"outbox_message": "INSERT"}      # tables of public, for tenants
    public_may = {"catalogue_entry": "SELECT"}     # tables of public, for the public host and the relay
    append_only = ("audit_event",)                 # tables of a tenant to which rows are only added

A tenant's role reads and writes the rows of its own schema and changes no table's shape. It inherits
from `tb_tenant` what tenants may do in public.
"""

import hashlib
from collections.abc import Iterator
from functools import cache

from django.apps import apps
from django.db import connection

from tenants.models import role_of
from tenants.provisioning.names import TENANTS_ROLE, quoted
from tieubieu.binding import PUBLIC

ENSURE_ROLE = """DO $role$
BEGIN
    BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{name}') THEN CREATE ROLE "{name}" NOLOGIN; END IF;
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN GRANT "{name}" TO CURRENT_USER; END IF;
END $role$"""


# GRANT … ON ALL TABLES IN SCHEMA reads the whole pg_class six times, in which every tenant has hundreds of rows.
# What depends on a namespace is found by an index.
GRANT_ALL = """DO $grant$
DECLARE named text;
BEGIN
    SELECT string_agg(format('{place}.%I', relname), ', ') INTO named
    FROM pg_depend JOIN pg_class c ON c.oid = objid
    WHERE refclassid = 'pg_namespace'::regclass AND refobjid = '{place}'::regnamespace
        AND classid = 'pg_class'::regclass AND relkind IN ({kinds});
    IF named IS NOT NULL THEN EXECUTE 'GRANT {may} ON {what} ' || named || ' TO {role}'; END IF;
END $grant$"""


def declared(attribute: str) -> dict[str, str]:
    """What all apps together declare under `tenant_may` or `public_may`."""
    return {table: rights for app in apps.get_app_configs() for table, rights in getattr(app, attribute, {}).items()}


def append_only_tables() -> list[str]:
    """The tenant tables of all apps to which rows are only added."""
    return sorted(table for app in apps.get_app_configs() for table in getattr(app, "append_only", ()))


def open_public() -> None:
    """Grant exactly what the apps declare for public tables; runs with every `migrate`, as the owner of public."""
    assert PUBLIC.role
    with connection.cursor() as cursor:
        for role, attribute in ((PUBLIC.role, "public_may"), (TENANTS_ROLE, "tenant_may")):
            cursor.execute(ENSURE_ROLE.format(name=role))
            for statement in _public_rights(role, attribute):
                cursor.execute(statement)


def _public_rights(role: str, attribute: str) -> Iterator[str]:
    yield "REVOKE CREATE ON SCHEMA public FROM PUBLIC"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {quoted(role)}"
    yield f"GRANT USAGE ON SCHEMA public TO {quoted(role)}"
    existing = set(connection.introspection.table_names())
    for table, rights in declared(attribute).items():
        if table in existing:
            yield f"GRANT {rights} ON {quoted(table)} TO {quoted(role)}"


def open_tenant(schema: str) -> None:
    """Give a tenant's role its rights on its schema; as the owner, in a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(";\n".join(tenant_rights(schema)))


def hand_over_role(role: str, schema: str) -> None:
    """Let a spare's role become the role of the tenant that claimed its schema; a role left from before is opened."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = %s)", [role_of(schema)])
        if not cursor.fetchone()[0]:
            cursor.execute(f"ALTER ROLE {quoted(role)} RENAME TO {quoted(role_of(schema))}")
            return
    open_tenant(schema)
    drop_role(role)


def drop_role(role: str) -> None:
    """Drop a role that only one schema of this database knew; nothing happens when it is not there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = %s)", [role])
        if cursor.fetchone()[0]:
            cursor.execute(f"DROP OWNED BY {quoted(role)}; DROP ROLE {quoted(role)}")


@cache
def current_rights() -> str:
    """One short word for what a tenant's role may do in this version of the platform."""
    return hashlib.sha256("\n".join(tenant_rights("schema")).encode()).hexdigest()[:16]


def tenant_rights(schema: str) -> list[str]:
    """The statements that give a tenant's role its rights on its schema; they suit every state of it."""
    role, place = quoted(role_of(schema)), quoted(schema)
    return [
        ENSURE_ROLE.format(name=role_of(schema)),
        f"GRANT {TENANTS_ROLE} TO {role}",
        f"GRANT USAGE ON SCHEMA {place} TO {role}",
        GRANT_ALL.format(
            place=place, role=role, may="SELECT, INSERT, UPDATE, DELETE", what="TABLE", kinds="'r', 'p', 'v', 'm', 'f'"
        ),
        GRANT_ALL.format(place=place, role=role, may="USAGE", what="SEQUENCE", kinds="'S'"),
        f"REVOKE INSERT, UPDATE, DELETE ON {place}.django_migrations FROM {role}",
        *(_only_add(place, table, role) for table in append_only_tables()),
    ]


def _only_add(place: str, table: str, role: str) -> str:
    """A table that this state of the schema does not have yet is passed over."""
    return f"""DO $only$ BEGIN REVOKE UPDATE, DELETE ON {place}.{quoted(table)} FROM {role};
EXCEPTION WHEN undefined_table THEN NULL; END $only$"""
