"""Every door to the database is shut without a binding, and leads to one schema with one."""

import pickle
from collections.abc import Callable
from contextvars import Context, copy_context

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Count, Exists, OuterRef

from apps.facilities.models import Facility, Product
from tenants.backend.base import SchemaMissing, WrongBinding
from tenants.models import Tenant
from tieubieu.binding import PUBLIC, NoTenantBound, Scope, bound

ONE = {"name": "Cơ sở thử", "tax_code": "THU", "kind": "household", "province_code": "66"}


def _raw_cursor() -> object:
    with connection.cursor() as cursor:
        return cursor.execute("SELECT 1")


def _named_cursor() -> object:
    with connection.chunked_cursor() as cursor:
        return cursor.execute("SELECT 1")


def _inside_a_transaction() -> object:
    with transaction.atomic():
        return Facility.objects.count()


def _copy() -> object:
    with connection.cursor() as cursor, cursor.copy("COPY (SELECT 1) TO STDOUT") as lines:
        return list(lines)


def _locked() -> object:
    with transaction.atomic():
        return list(Facility.objects.select_for_update())


DOORS: dict[str, Callable[[], object]] = {
    "list": lambda: list(Facility.objects.all()),
    "get": lambda: Facility.objects.get(tax_code="THU"),
    "exists": Facility.objects.exists,
    "count": Facility.objects.count,
    "aggregate": lambda: Facility.objects.aggregate(n=Count("pk")),
    "values": lambda: list(Facility.objects.values_list("name", flat=True)),
    "in bulk": Facility.objects.in_bulk,
    "iterator": lambda: next(Facility.objects.iterator(chunk_size=1)),
    "locked": _locked,
    "union": lambda: list(Facility.objects.values("name").union(Product.objects.values("name"))),
    "explain": Facility.objects.explain,
    "create": lambda: Facility.objects.create(**ONE),
    "save": lambda: Facility(**ONE).save(),
    "bulk create": lambda: Facility.objects.bulk_create([Facility(**ONE)]),
    "get or create": lambda: Facility.objects.get_or_create(tax_code="THU", defaults=ONE),
    "update": lambda: Facility.objects.update(name="x"),
    "delete": lambda: Facility.objects.all().delete(),
    "refresh": lambda: Facility(**ONE).refresh_from_db(),
    "related": lambda: list(Facility(**ONE).products.all()),
    "raw": lambda: list(Facility.objects.raw("SELECT * FROM facilities_facility")),
    "public table": Tenant.objects.count,
    "cursor": _raw_cursor,
    "named cursor": _named_cursor,
    "copy": _copy,
    "transaction": _inside_a_transaction,
    "introspection": connection.introspection.table_names,
    "schema name": lambda: connection.schema_name,
}


@pytest.fixture
def neighbours(canaries, db):
    return canaries


@pytest.mark.parametrize("door", DOORS)
def test_nothing_opens_without_a_binding(neighbours, door):
    with pytest.raises(NoTenantBound):
        Context().run(DOORS[door])


@pytest.mark.parametrize("door", sorted(set(DOORS) - {"get", "refresh"}))
def test_the_same_door_opens_with_one(neighbours, door):
    """The control: what was refused above is refused for want of a binding only."""
    with bound(neighbours[0]):
        DOORS[door]()


def test_a_transaction_may_be_opened_and_left_without_a_binding(neighbours):
    """It touches no row; a view that binds late inside one does no harm."""

    def unbound() -> None:
        with transaction.atomic(), transaction.atomic():
            pass

    Context().run(unbound)


def test_a_schema_that_is_missing_does_not_fall_through_to_public(neighbours):
    nowhere = Scope(schema="khong_co", role=None, slug="khong-co", kind="province", tenant_id=None)

    with bound(nowhere), pytest.raises(SchemaMissing):
        Tenant.objects.count()
    with bound(PUBLIC):
        assert Tenant.objects.exists()


def test_a_role_that_is_missing_opens_nothing(neighbours):
    stranger = Scope(schema="daklak", role="tb_khong_co", slug="daklak", kind="province", tenant_id=None)

    with transaction.atomic():
        with pytest.raises(DatabaseError), transaction.atomic(), bound(stranger):
            Facility.objects.count()
        with bound(neighbours[0]):
            assert Facility.objects.exists()


# --- What was prepared in one tenant and used in another ---------------------------------------------


def _born_in(scope: Scope):
    with bound(scope):
        return Facility.objects.filter(tax_code__startswith="CANARY")


USES: dict[str, Callable] = {
    "list": list,
    "exists": lambda query: query.exists(),
    "further filter": lambda query: list(query.filter(name="khanhhoa").order_by("name")),
    "update": lambda query: query.update(phone="1"),
    "delete": lambda query: query.delete(),
    "iterator": lambda query: next(query.iterator(chunk_size=1)),
    "subquery": lambda query: list(Facility.objects.filter(pk__in=query)),
    "exists of another": lambda query: list(Product.objects.filter(Exists(query.filter(pk=OuterRef("facility"))))),
    "union": lambda query: list(Facility.objects.all().union(query)),
    "pickled": lambda query: list(_thawed(query)),
}


def _thawed(query):
    again = Facility.objects.all()
    again.query = pickle.loads(pickle.dumps(query.query))
    return again


@pytest.mark.parametrize("use", USES)
def test_a_queryset_of_one_tenant_is_refused_in_another(neighbours, use):
    here, there = neighbours
    query = _born_in(here)

    with bound(there), pytest.raises(WrongBinding):
        USES[use](query)


def test_a_queryset_of_a_tenant_is_refused_on_the_public_host(neighbours):
    with bound(PUBLIC), pytest.raises(WrongBinding):
        list(_born_in(neighbours[0]))


def test_a_queryset_born_outside_belongs_to_whoever_asks(neighbours):
    """A form's class attribute is made when Python reads the file, before there is any tenant."""
    query = Context().run(lambda: Facility.objects.filter(tax_code="CANARY1").values_list("name", flat=True))

    for scope in neighbours:
        with bound(scope):
            assert list(query.all()) == [scope.schema]


def test_a_raw_queryset_reads_what_is_bound_now(neighbours):
    """It has no query to note a birth in; it is told apart by the token of where it is read."""
    here, there = neighbours
    with bound(here):
        rows = Facility.objects.raw("SELECT * FROM facilities_facility WHERE tax_code = 'CANARY1'")

    with bound(there):
        assert [row.name for row in rows] == [there.schema]


def test_rows_already_read_are_plain_data(neighbours):
    here, there = neighbours
    query = _born_in(here)
    with bound(here):
        assert len(query) == 6

    with bound(there):
        assert {row.name for row in query} == {here.schema}


def test_a_row_of_one_tenant_finds_nothing_of_its_own_next_door(neighbours):
    here, there = neighbours
    with bound(here):
        row = Facility.objects.only("pk").get(tax_code="CANARY1")

    with bound(there):
        row.refresh_from_db()
        assert row.name == there.schema  # the same key is the neighbour's row, read as the neighbour


# --- Where a connection may have gone meanwhile ------------------------------------------------------


def _name(cursor) -> str:
    cursor.execute("SELECT name FROM facilities_facility WHERE tax_code = 'CANARY1'")
    return cursor.fetchone()[0]


def test_a_cursor_comes_home_before_it_speaks(neighbours):
    here, there = neighbours
    with bound(here), connection.cursor() as cursor:
        with bound(there):
            Facility.objects.count()

        assert _name(cursor) == here.schema


def test_a_cursor_does_not_follow_into_another_tenant(neighbours):
    here, there = neighbours
    with bound(here), connection.cursor() as cursor:
        cursor.execute("SELECT name FROM facilities_facility")
        with bound(there):
            for fetch in ("fetchone", "fetchmany", "fetchall", "nextset", "stream", "copy"):
                with pytest.raises(WrongBinding):
                    getattr(cursor, fetch)
            with pytest.raises(WrongBinding):
                cursor.execute("SELECT 1")
            with pytest.raises(WrongBinding):
                cursor.executemany("SELECT 1", [()])
            with pytest.raises(WrongBinding):
                next(iter(cursor))


def test_the_binding_of_a_copied_context_is_its_own(neighbours):
    here, there = neighbours
    with bound(here):
        copied = copy_context()

    with bound(there):
        assert copied.run(lambda: Facility.objects.get(tax_code="CANARY1").name) == here.schema
        assert Facility.objects.get(tax_code="CANARY1").name == there.schema


def test_django_tenants_own_switches_only_confirm(neighbours):
    from django_tenants.utils import schema_context, tenant_context

    here, there = neighbours
    with bound(here):
        connection.set_schema(here.schema)
        with pytest.raises(WrongBinding):
            connection.set_schema(there.schema)
        with pytest.raises(WrongBinding), schema_context(there.schema):
            pass
        with pytest.raises(WrongBinding):
            connection.set_schema_to_public()
        with pytest.raises(TypeError, match="inside"), Tenant(schema_name=there.schema):
            pass
        with pytest.raises(WrongBinding), tenant_context(Tenant(schema_name=there.schema)):
            pass


def test_a_move_costs_one_round_trip_and_staying_none(neighbours):
    here, there = neighbours
    told = []
    with bound(here):
        Facility.objects.count()
    plain = connection._stand
    connection._stand = lambda scope: (told.append(scope.slug), plain(scope))
    try:
        for scope in (here, here, there, there, here):
            with bound(scope):
                Facility.objects.count()
                Facility.objects.count()
    finally:
        del connection._stand

    assert told == [there.slug, here.slug]
