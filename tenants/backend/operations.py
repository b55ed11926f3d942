"""SQL of the ORM: a query is compiled only in the schema it was built in.

A lazy queryset built for one tenant and evaluated under another would read the other's rows without
an error. Each `Query` therefore notes the schema it was born in, and the compiler refuses elsewhere.
A query born outside any binding (a form's class attribute) belongs to whoever evaluates it.
"""

from functools import cache, wraps
from typing import Any

from django.db.backends.postgresql.operations import DatabaseOperations as PostgresOperations
from django.db.models.sql import Query

from tenants.backend.errors import WrongBinding
from tieubieu.binding import current_or_none


class BornHere:
    """Mixed into each of Django's compilers."""

    def __init__(self, query: Any, *args: Any, **kwargs: Any) -> None:
        born = getattr(query, "born_in", None)
        scope = current_or_none()
        if born is not None and (scope is None or scope.schema != born):
            raise WrongBinding("Truy vấn", born, scope.schema if scope else None)
        super().__init__(query, *args, **kwargs)  # type: ignore[call-arg]  # the compiler's own


@cache
def native(compiler: Any) -> Any:
    """Return the compiler that refuses queries born elsewhere."""
    return type(compiler.__name__, (BornHere, compiler), {"__module__": __name__})


class DatabaseOperations(PostgresOperations):
    def compiler(self, compiler_name: str) -> Any:
        plain: Any = super().compiler(compiler_name)
        return native(plain)


def _note_birth(query_class: Any) -> None:
    # Django offers no hook at the birth of a query; the clone copies the note with the rest.
    plain = query_class.__init__

    @wraps(plain)
    def noting(self: Any, *args: Any, **kwargs: Any) -> None:
        plain(self, *args, **kwargs)
        scope = current_or_none()
        self.born_in = scope.schema if scope else None

    query_class.__init__ = noting


_note_birth(Query)
