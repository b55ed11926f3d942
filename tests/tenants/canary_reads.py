"""Ways of reading the canaries' rows, and what each must answer."""

from collections.abc import Callable

from django.db import connection, transaction
from django.db.models import Max

from apps.facilities.models import Facility
from tieubieu.binding import Scope

NAMES = "SELECT name FROM facilities_facility WHERE tax_code LIKE 'CANARY%%'"


class Leak(AssertionError):
    """Something of one tenant was seen while another was bound."""


def rows():
    return Facility.objects.filter(tax_code__startswith="CANARY")


def by_orm() -> list[str]:
    return list(rows().values_list("name", flat=True))


def by_key() -> list[str]:
    return [rows().first().name]


def by_aggregate() -> list[str]:
    return [rows().aggregate(last=Max("name"))["last"]]


def by_server_side_cursor() -> list[str]:
    return [row.name for row in rows().iterator(chunk_size=2)]


def by_raw_queryset() -> list[str]:
    return [row.name for row in Facility.objects.raw("SELECT * FROM facilities_facility WHERE tax_code = 'CANARY1'")]


def by_cursor() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(NAMES, ())
        return [name for (name,) in cursor]


def by_named_cursor() -> list[str]:
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(NAMES, ())
        return [name for (name,) in cursor.fetchmany(3)]


def by_copy() -> list[str]:
    with connection.cursor() as cursor, cursor.copy(f"COPY ({NAMES.replace('%%', '%')}) TO STDOUT") as lines:
        return [bytes(line).decode().strip() for line in lines]


READS = [
    by_orm, by_orm, by_key, by_aggregate, by_server_side_cursor,
    by_raw_queryset, by_cursor, by_cursor, by_named_cursor, by_copy,
]  # fmt: skip


def must_be_of(scope: Scope, names: list[str]) -> None:
    if not names or set(names) != {scope.schema}:
        raise Leak(f"{scope.schema} read {sorted(set(names))}")


def must_be_refused(read: Callable[[], object], *refusals: type[Exception]) -> None:
    try:
        seen = read()
    except refusals:
        return
    raise Leak(f"not refused: {seen!r}")
