"""Carry new migrations to every schema.

Schemas are grouped by what has been applied to them. In each group one schema goes first, as Django
does it; what it was told is overheard and said to the others as plain SQL, one transaction each,
together with the record of it. Only plans that are more than SQL (RunPython) are run schema by
schema, in processes. Killed at any point, the next run finds the rest by their own records.
"""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from django.db import DatabaseError, connection, connections, transaction
from django.db.migrations.loader import MigrationLoader

from tenants.backend.schema import overhearing
from tenants.gateways import as_owner
from tenants.models import Tenant
from tenants.provisioning import rights
from tenants.provisioning.names import TEMPLATE
from tenants.provisioning.patience import LOCK_TIMEOUT, patiently
from tenants.provisioning.processes import in_processes
from tenants.provisioning.snapshots import ensure_template, migrate_schema, snapshot
from tenants.provisioning.states import Name, applied, current_state, on_disk, states_of

RECORD = """
INSERT INTO django_migrations (app, name, applied)
SELECT app, name, now() FROM (VALUES {rows}) AS told (app, name)
WHERE NOT EXISTS (SELECT FROM django_migrations m WHERE m.app = told.app AND m.name = told.name)
"""

Tell = Callable[[str], object]


class BrokenMigration(Exception):
    """The migrations fail on the template already; no tenant has been touched."""

    def __init__(self, trouble: str) -> None:
        super().__init__(
            f"Chuyển đổi hỏng ngay ở lược đồ mẫu, chưa đơn vị nào bị đụng tới: {trouble}"
            " / The migrations fail on the template; no tenant was touched."
        )


@dataclass
class Outcome:
    """What became of each schema: carried ones, and the reason for each that was left behind."""

    carried: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)

    def note(self, results: Iterable[tuple[str, str]]) -> None:
        for schema, trouble in results:
            if trouble:
                self.failed[schema] = trouble
            else:
                self.carried.append(schema)


def carry_to_all(*, parallel: int = 4, tell: Tell = print) -> Outcome:
    """Bring the template and every tenant to the migrations on disk. Idempotent and resumable.

    One tenant's trouble leaves that tenant behind and does not stop the others. Raises `BrokenMigration`
    before any tenant is touched.
    """
    ensure_template()
    outcome = Outcome()
    for schemas in lagging_groups():
        missing = missing_in(schemas[0])
        carry, way = (
            (_carry_as_sql, "cùng lúc bằng SQL") if is_all_sql(missing) else (_carry_one_by_one, "từng lược đồ một")
        )
        tell(f"{len(schemas)} lược đồ thiếu {len(missing)} bước chuyển đổi; nâng cấp {way}.")
        carry(schemas, parallel, outcome)
    tell(f"Bản chụp lược đồ {snapshot().state}.")
    _settle_killed_runs()
    outcome.note(_renew_rights())
    return outcome


def missing_in(schema: str) -> frozenset[Name]:
    """The migrations on disk that a schema has not recorded."""
    return on_disk() - _recorded(schema)


def lagging_groups() -> list[list[str]]:
    """Schemas that lack migrations, grouped by what they have; the template's group comes first."""
    with as_owner():
        schemas = [TEMPLATE, *Tenant.objects.exclude(schema_state="").values_list("schema_name", flat=True)]
        states = states_of(schemas)
    groups: dict[str, list[str]] = {}
    for schema in schemas:
        groups.setdefault(states[schema], []).append(schema)
    groups.pop(current_state(), None)
    return [group for group in groups.values() if missing_in(group[0])]


def is_all_sql(names: Iterable[Name]) -> bool:
    """Whether these migrations are nothing but SQL that says the same in every schema."""
    migrations = MigrationLoader(None).disk_migrations
    return all(migrations[name].atomic and all(map(_is_sql, migrations[name].operations)) for name in names)


def _is_sql(operation: object) -> bool:
    parts: Sequence[object] = getattr(operation, "database_operations", ())
    return bool(operation.reduces_to_sql) and all(map(_is_sql, parts))  # type: ignore[attr-defined]


def _carry_as_sql(schemas: list[str], parallel: int, outcome: Outcome) -> None:
    rest = list(schemas)
    told: list[str] = []
    while rest and not told:
        told = _send_ahead(rest.pop(0), outcome)
    snapshot()
    makes_tables = any("CREATE TABLE" in statement for statement in told)
    script = ";\n".join(told)
    outcome.note(_in_threads(lambda schema: _repeat(schema, script, makes_tables), rest, parallel))


def _send_ahead(pilot: str, outcome: Outcome) -> list[str]:
    """Migrate one schema and return what it was told; nothing when it took more than one try."""
    before = _recorded(pilot)
    with overhearing() as told:
        try:
            _migrate(pilot)
        except DatabaseError:
            # What was overheard now holds statements that were taken back.
            _retry(pilot, outcome)
            return []
    outcome.note([(pilot, "")])
    return [*told, _record_of(_recorded(pilot) - before)]


def _retry(pilot: str, outcome: Outcome) -> None:
    trouble = patiently(_migrate, pilot)
    if trouble and pilot == TEMPLATE:
        raise BrokenMigration(trouble)
    outcome.note([(pilot, trouble)])


def _carry_one_by_one(schemas: list[str], parallel: int, outcome: Outcome) -> None:
    if schemas[:1] == [TEMPLATE]:
        _retry(TEMPLATE, outcome)
        schemas = schemas[1:]
    snapshot()
    outcome.note(in_processes(_migrate_patiently, schemas, parallel))


def _migrate_patiently(schema: str) -> str:
    return patiently(_migrate, schema)


def _migrate(schema: str) -> None:
    migrate_schema(schema)
    with as_owner(schema), transaction.atomic():
        _settle(schema, makes_tables=True)


def _repeat(schema: str, script: str, makes_tables: bool) -> None:
    with as_owner(schema), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'; SET CONSTRAINTS ALL IMMEDIATE;\n{script}")
        _settle(schema, makes_tables)


def _settle(schema: str, makes_tables: bool) -> None:
    if schema == TEMPLATE:
        return
    tenant = Tenant.objects.filter(schema_name=schema)
    tenant.update(schema_state=current_state())
    if makes_tables:
        rights.open_tenant(schema)
        tenant.update(rights_state=rights.current_rights())


def _settle_killed_runs() -> None:
    """A run killed after a schema's last migration has left the register behind the schema."""
    with as_owner():
        register = Tenant.objects.exclude(schema_state__in=["", current_state()])
        states = states_of(list(register.values_list("schema_name", flat=True)))
        settled = [schema for schema, state in states.items() if state == current_state()]
        Tenant.objects.filter(schema_name__in=settled).update(schema_state=current_state(), rights_state="")


def _renew_rights() -> list[tuple[str, str]]:
    """Grant anew where what the apps declare has changed since."""
    with as_owner():
        behind = Tenant.objects.exclude(schema_state="").exclude(rights_state=rights.current_rights())
        schemas = list(behind.values_list("schema_name", flat=True))
    return [(schema, patiently(_grant, schema)) for schema in schemas]


def _grant(schema: str) -> None:
    with as_owner(), transaction.atomic():
        rights.open_tenant(schema)
        Tenant.objects.filter(schema_name=schema).update(rights_state=rights.current_rights())


def _record_of(names: Iterable[Name]) -> str:
    rows = ", ".join(f"('{app}', '{name}')" for app, name in sorted(names))
    return RECORD.format(rows=rows)


def _recorded(schema: str) -> frozenset[Name]:
    with as_owner():
        return applied(schema)


def _in_threads(work: Callable[[str], None], schemas: list[str], parallel: int) -> list[tuple[str, str]]:
    """Each thread has its own connection and its own share of the schemas."""

    def share(mine: list[str]) -> list[tuple[str, str]]:
        try:
            return [(schema, patiently(work, schema)) for schema in mine]
        finally:
            connections.close_all()

    if parallel == 1 or len(schemas) < 2:
        return [(schema, patiently(work, schema)) for schema in schemas]
    with ThreadPoolExecutor(parallel) as pool:
        shares = pool.map(share, [schemas[n::parallel] for n in range(parallel)])
        return [result for results in shares for result in results]
