"""Bare SQL, to hold the work of a room against: what the database alone takes for the same."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection, transaction

from tenants.benchmarks.figures import seconds

Statement = tuple[str, Sequence[Any]]


def committed(statements: Callable[[int], Sequence[Statement]], times: int) -> list[float]:
    """Seconds of each transaction of these statements, `times` of them; the n-th gets its own. Call inside a tenant."""

    def once(n: int) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            for words, values in statements(n):
                cursor.execute(words, values)

    return [seconds(lambda n=n: once(n)) for n in range(1, times + 1)]  # type: ignore[misc]


def asked(words: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows of one statement. Call inside a tenant."""
    with connection.cursor() as cursor:
        cursor.execute(words, values)
        return list(cursor.fetchall())
