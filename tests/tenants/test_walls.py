"""The second wall: whoever gets past the first, by a wrong name in SQL, meets the database's own refusal."""

import pytest
from django.apps import apps
from django.conf import settings
from django.db import ProgrammingError, connection, transaction

from tenants.backend.base import OWNER
from tenants.gateways import as_owner, scope_of
from tieubieu.binding import PUBLIC, Scope, bound

DENIED = "permission denied"
REFERENCE = ["administrativeunit", "region", "regionmembership", "holiday", "ruleset"]


@pytest.fixture(autouse=True)
def neighbours(db):
    return scope_of("daklak"), scope_of("khanhhoa")


def tables_of(schema: str) -> list[str]:
    with as_owner(schema), connection.cursor() as cursor:
        return [table.name for table in connection.introspection.get_table_list(cursor)]


def run(scope: Scope, sql: str, *params: object) -> None:
    with bound(scope), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


def denied(scope: Scope, sql: str, *params: object) -> bool:
    try:
        run(scope, sql, *params)
    except ProgrammingError as error:
        if DENIED in str(error) or "must be owner" in str(error):
            return True
        raise
    return False


def readable(scope: Scope, schema: str) -> list[str]:
    return [table for table in tables_of(schema) if not denied(scope, f'SELECT * FROM "{schema}"."{table}" LIMIT 1')]


def test_a_schema_has_the_tables_of_the_tenant_rooms():
    tables = set(tables_of("khanhhoa"))

    assert len(tables) > 40
    assert {"accounts_person", "judging_sheet", "audit_event", "django_session"} <= tables
    assert tables & set(tables_of("public")) <= {"django_migrations"}


def test_no_table_of_the_neighbour_can_be_read(neighbours):
    here, there = neighbours

    assert readable(here, there.schema) == []
    assert readable(there, here.schema) == []


def test_the_public_host_reads_no_table_of_a_tenant(neighbours):
    assert readable(PUBLIC, neighbours[0].schema) == []


def test_nobody_reads_the_template_or_the_ministry(neighbours):
    assert readable(neighbours[0], "tb_template") == []
    assert readable(neighbours[0], "quocgia") == []


def test_the_owner_reads_them_all_and_a_tenant_its_own(neighbours):
    """The control: the tables are there, and what refused above was the role."""
    _, there = neighbours

    assert readable(OWNER, there.schema) == tables_of(there.schema)
    assert readable(there, there.schema) == tables_of(there.schema)


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO \"khanhhoa\".accounts_organisationalunit (id, name) VALUES (gen_random_uuid(), 'x')",
        "UPDATE \"khanhhoa\".facilities_facility SET name = 'x'",
        'DELETE FROM "khanhhoa".facilities_facility',
        'TRUNCATE "khanhhoa".facilities_facility CASCADE',
        'LOCK TABLE "khanhhoa".facilities_facility',
        'SELECT "khanhhoa".audit_event_refuses_change()',
        'CREATE TABLE "khanhhoa".x (id int)',
    ],
)
def test_nothing_of_the_neighbour_can_be_written(neighbours, sql):
    assert denied(neighbours[0], sql)


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE x (id int)",
        "CREATE TABLE public.x (id int)",
        "CREATE SCHEMA x",
        "DELETE FROM audit_event",
        "UPDATE audit_event SET facts = facts",
        "TRUNCATE audit_event",
        "UPDATE judging_snapshot SET digest = ''",
        "DELETE FROM django_migrations",
        "SELECT rolpassword FROM pg_authid",
        "COPY facilities_facility TO PROGRAM 'cat'",
    ],
)
def test_a_tenant_cannot_change_its_shape_or_its_past(neighbours, sql):
    assert denied(neighbours[0], sql)


@pytest.mark.parametrize("sql", ["SELECT * FROM outbox_message", "UPDATE outbox_message SET errand = ''",
                                 "DELETE FROM outbox_message", "SELECT * FROM outbox_tick"])  # fmt: skip
def test_a_tenant_reads_and_changes_no_letter(neighbours, sql):
    assert denied(neighbours[0], sql)


@pytest.mark.parametrize("table", REFERENCE)
def test_everybody_reads_the_reference_tables_and_nobody_writes_them(neighbours, table):
    for scope in (neighbours[0], PUBLIC):
        run(scope, f"SELECT * FROM reference_{table}")
        assert denied(scope, f"DELETE FROM reference_{table}")
        assert denied(scope, f"UPDATE reference_{table} SET id = id")
        assert denied(scope, f"INSERT INTO reference_{table} DEFAULT VALUES")


@pytest.mark.parametrize("sql", ["UPDATE tenants_tenant SET state = 'ready'", "DELETE FROM tenants_domain",
                                 "SELECT * FROM tenants_schemasnapshot", "DELETE FROM auth_permission"])  # fmt: skip
def test_neither_tenants_nor_the_public_host_look_after_tenants(neighbours, sql):
    assert denied(neighbours[0], sql)
    assert denied(PUBLIC, sql)


def test_a_tenant_of_public_tables_may_only_what_their_apps_declare(neighbours):
    declared = {table for app in apps.get_app_configs() for table in getattr(app, "tenant_may", {})}

    assert set(readable(neighbours[0], "public")) <= declared
    assert "outbox_message" not in readable(neighbours[0], "public")


def test_a_role_cannot_become_its_neighbour(neighbours):
    """Membership is what SET ROLE asks for when the login role is an ordinary one."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.rolname, b.rolname FROM pg_roles a, pg_roles b WHERE a.rolname LIKE 'tb\\_%%'"
            " AND b.rolname LIKE 'tb\\_%%' AND a.rolname <> b.rolname AND pg_has_role(a.oid, b.oid, 'MEMBER')", ()
        )  # fmt: skip
        members = {(member, role) for member, role in cursor.fetchall() if role != "tb_tenant"}
        cursor.execute("SELECT count(*) FROM pg_roles WHERE rolname LIKE 'tb\\_%%' AND (rolsuper OR rolcanlogin)", ())

        assert members == set()
        assert cursor.fetchone() == (0,)


def _read_after(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.execute("SELECT * FROM facilities_facility")


def test_wall_two_stands_when_wall_one_is_pushed_over(neighbours):
    """The search path set by hand, as a stray statement would: no rows, and after the rollback all is as it was."""
    here, there = neighbours
    with bound(here), transaction.atomic():
        with pytest.raises(ProgrammingError, match="does not exist"), transaction.atomic():
            _read_after(f'SET search_path = "{there.schema}", public')
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_schema(), current_user")

            assert cursor.fetchone() == (here.schema, here.role)


def test_a_tenants_schema_holds_no_code_that_runs_as_somebody_else():
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT nspname, proname FROM pg_proc JOIN pg_namespace n ON n.oid = pronamespace"
            " WHERE prosecdef AND nspname NOT LIKE 'pg\\_%%' AND nspname <> 'information_schema'", ()
        )  # fmt: skip

        assert cursor.fetchall() == []


def test_the_deployments_settings_keep_one_list_per_app():
    assert set(settings.SHARED_APPS) & set(settings.TENANT_APPS) == set()
