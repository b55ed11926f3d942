"""New migrations reach every tenant, once, whatever happens on the way."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from moving_house import PYTHON, SQL, House

SLUGS = ("anlao", "bariay", "canlong", "dakto", "eakar")
ALL = {*SLUGS, "tb_template"}
BASE = "tieubieu_moving_base"


@pytest.fixture(scope="module")
def base(running_engines: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A migrated database with five tenants, of which each test gets a copy."""
    house = House(tmp_path_factory.mktemp("base"), BASE)
    house.create()
    house.migrate()
    house.settle(*SLUGS)
    yield BASE
    house.drop()


@pytest.fixture
def house(base: str, tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path, "tieubieu_moving")
    made.create(template=base)
    yield made
    made.drop()


def states(house: House) -> set[str]:
    return {row[0] for row in house.ask("SELECT schema_state FROM tenants_tenant")}


def records(house: House, schema: str, name: str) -> int:
    return house.ask(f"SELECT count(*) FROM {schema}.django_migrations WHERE name = %s", name)[0][0]


def indexes(house: House, schema: str) -> tuple[str, ...]:
    found = house.ask("SELECT indexdef FROM pg_indexes WHERE schemaname = %s ORDER BY 1", schema)
    return tuple(row[0].replace(f"{schema}.", "") for row in found)


def may(house: House, schema: str, right: str, table: str) -> bool:
    return house.ask(f"SELECT has_table_privilege('tb_{schema}', '{schema}.{table}', '{right}')")[0][0]


def test_sql_reaches_every_schema_with_the_same_names(house):
    before = states(house)
    house.write("0002_colours", SQL, after="0001_chairs")

    house.migrate()

    assert house.schemas_with("colour") == ALL
    assert len({indexes(house, schema) for schema in ALL}) == 1
    assert [records(house, schema, "0002_colours") for schema in ALL] == [1] * len(ALL)
    assert len(states(house)) == 1
    assert states(house) != before


def test_new_tables_are_open_to_their_tenant_alone(house):
    house.write("0002_colours", SQL, after="0001_chairs")

    house.migrate()

    assert may(house, "anlao", "INSERT", "moving_table")
    assert not house.ask("SELECT has_table_privilege('tb_anlao', 'dakto.moving_table', 'SELECT')")[0][0]


def test_values_written_by_sql_keep_their_percent_signs(house):
    house.do("INSERT INTO dakto.moving_chair (name) VALUES ('ghế')")
    house.write("0002_colours", SQL, after="0001_chairs")

    house.migrate()

    assert house.ask("SELECT colour FROM dakto.moving_chair") == [("50% xám",)]


@pytest.mark.parametrize("parallel", ["1", "3"])
def test_python_runs_in_every_schema_once(house, parallel):
    house.write("0002_more", PYTHON, after="0001_chairs")

    house.migrate("--parallel", parallel)
    house.migrate()

    assert {house.ask(f"SELECT count(*) FROM {schema}.moving_chair")[0][0] for schema in ALL} == {1}
    assert len(states(house)) == 1


def test_a_second_run_finds_nothing_to_do(house):
    house.write("0002_colours", SQL, after="0001_chairs")
    house.migrate()

    assert "nâng cấp 0 lược đồ" in house.migrate()


def test_killed_at_one_schema_the_next_run_does_the_rest(house):
    house.write("0002_colours", SQL, after="0001_chairs")
    with house.connect() as busy:
        busy.autocommit = False
        busy.execute("LOCK TABLE canlong.moving_chair IN ACCESS SHARE MODE")
        running = house.start("-m", "tieubieu", "migrate", "--spares", "0", "--parallel", "1")
        reached = wait_until(lambda: house.schemas_with("colour") >= {"tb_template", "anlao", "bariay"})
        running.kill()
        running.communicate()

    assert reached
    assert house.schemas_with("colour") == {"tb_template", "anlao", "bariay"}
    assert len(states(house)) == 2

    house.migrate("--parallel", "1")

    assert house.schemas_with("colour") == ALL
    assert [records(house, schema, "0002_colours") for schema in ALL] == [1] * len(ALL)
    assert len(states(house)) == 1


def test_killed_before_the_register_was_told_the_next_run_tells_it(house):
    house.do("UPDATE tenants_tenant SET schema_state = 'cũ' WHERE slug = 'dakto'")
    assert len(states(house)) == 2

    house.migrate()

    assert len(states(house)) == 1


def test_a_migration_broken_on_the_template_touches_no_tenant(house):
    before = states(house)
    house.write("0002_broken", "[migrations.RunSQL('SELECT 1/0')]", after="0001_chairs")

    said = house.migrate(status=1)

    assert "lược đồ mẫu" in said
    assert "Traceback" not in said
    assert states(house) == before
    assert sum(records(house, schema, "0002_broken") for schema in ALL) == 0


def test_a_spare_becomes_a_tenant_with_its_role(house):
    """Also where the role is left over from a tenant of that name."""
    house.tell("migrate", "--spares", "2")
    house.do("DROP ROLE IF EXISTS tb_sonla; CREATE ROLE tb_sonla")

    house.settle("sonla", "taybac")

    try:
        assert house.ask("SELECT count(*) FROM tenants_spareschema") == [(0,)]
        assert all(may(house, schema, "INSERT", "moving_chair") for schema in ("sonla", "taybac"))
        assert house.ask("SELECT count(*) FROM pg_roles r WHERE rolname LIKE 'tb_spare%%' AND has_schema_privilege"
                         "(r.oid, 'sonla', 'USAGE') AND NOT rolsuper") == [(0,)]  # fmt: skip
    finally:
        house.forget("sonla", "taybac")


def test_a_lock_is_waited_for(house):
    house.write("0002_colours", SQL, after="0001_chairs")
    with house.connect() as busy:
        busy.autocommit = False
        busy.execute("LOCK TABLE canlong.moving_chair IN ACCESS SHARE MODE")
        running = house.start("-m", "tieubieu", "migrate", "--spares", "0")
        assert wait_until(lambda: house.schemas_with("colour") >= ALL - {"canlong"})
        time.sleep(3.2)  # longer than one try waits

    said = running.communicate(timeout=60)[0]

    assert running.returncode == 0, said
    assert house.schemas_with("colour") == ALL


def test_one_schema_in_trouble_is_left_behind_and_named(house):
    house.do("ALTER TABLE dakto.moving_chair ADD colour text")
    house.write("0002_colours", SQL, after="0001_chairs")

    said = house.migrate(status=1)

    assert "dakto:" in said
    assert "already exists" in said
    assert [records(house, schema, "0002_colours") for schema in sorted(ALL - {"dakto"})] == [1] * 5
    assert records(house, "dakto", "0002_colours") == 0
    house.do("ALTER TABLE dakto.moving_chair DROP colour")

    house.migrate()

    assert records(house, "dakto", "0002_colours") == 1


def test_schemas_at_different_states_all_arrive(house):
    house.write("0002_colours", SQL, after="0001_chairs")
    house.do("ALTER TABLE dakto.moving_chair ADD colour text")
    house.migrate(status=1)
    house.do("ALTER TABLE dakto.moving_chair DROP colour")
    house.write("0003_more", PYTHON, after="0002_colours")

    house.migrate()

    assert {house.ask(f"SELECT count(*) FROM {schema}.moving_chair")[0][0] for schema in ALL} == {1}
    assert len(states(house)) == 1


def test_two_runs_at_once_do_the_work_once(house):
    house.write("0002_more", PYTHON, after="0001_chairs")
    running = [house.start("-m", "tieubieu", "migrate", "--spares", "0") for _ in range(2)]

    said = [process.communicate(timeout=120)[0] for process in running]

    assert [process.returncode for process in running] == [0, 0], said
    assert {house.ask(f"SELECT count(*) FROM {schema}.moving_chair")[0][0] for schema in ALL} == {1}


def test_a_changed_declaration_is_granted_anew(house):
    assert may(house, "anlao", "DELETE", "moving_chair")
    house.declare(append_only=("moving_chair",))

    house.migrate()

    assert [may(house, "anlao", right, "moving_chair") for right in ("INSERT", "UPDATE", "DELETE")] == [
        True,
        False,
        False,
    ]


def test_check_and_plan_tell_and_change_nothing(house):
    assert house.migrate("--check") == ""
    house.write("0002_colours", SQL, after="0001_chairs")

    said = house.migrate("--plan")
    house.migrate("--check", status=1)

    assert "6 lược đồ cần nâng cấp" in said
    assert house.schemas_with("colour") == set()


def test_an_app_is_named_only_with_a_schema(house):
    assert "--schema" in house.migrate("moving", status=2)

    house.migrate("--schema", "dakto", "moving", "zero")
    house.migrate()

    assert house.schemas_with("name") == ALL


def wait_until(happened, seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if happened():
            return True
        time.sleep(0.05)
    return False
