"""A cursor lives and dies in one schema."""

from collections.abc import Iterator
from typing import Any

from django.db.backends.postgresql.base import CursorDebugWrapper
from django.db.backends.utils import CursorWrapper

from tenants.backend.errors import WrongBinding
from tieubieu.binding import current_or_none


class BoundCursor(CursorWrapper):
    """Refuses to run or to hand out rows under another binding than the one it was made in.

    Its connection may have been elsewhere since it was made, so every statement first brings it home.
    A cursor without a home (control of transactions) is free.
    """

    FETCHES = frozenset({"fetchone", "fetchmany", "fetchall", "nextset"})
    STATEMENTS = frozenset({"stream", "copy"})

    def __init__(self, cursor: Any, db: Any) -> None:
        super().__init__(cursor, db)
        scope = current_or_none()
        self.home = scope.schema if scope else None

    def __getattr__(self, name: str) -> Any:
        if name in self.FETCHES:
            self._stay_home()
        if name in self.STATEMENTS:
            self._stand_home()
        return super().__getattr__(name)

    def __iter__(self) -> Iterator[Any]:
        for row in super().__iter__():
            self._stay_home()
            yield row

    def callproc(self, *args: Any, **kwargs: Any) -> Any:
        self._stand_home()
        return super().callproc(*args, **kwargs)

    def _execute_with_wrappers(self, *args: Any, **kwargs: Any) -> Any:
        self._stand_home()
        return super()._execute_with_wrappers(*args, **kwargs)  # type: ignore[misc]

    def _stand_home(self) -> None:
        self._stay_home()
        if self.home is not None:
            self.db.stand()

    def _stay_home(self) -> None:
        scope = current_or_none()
        if self.home is not None and (scope is None or scope.schema != self.home):
            raise WrongBinding("Con trỏ", self.home, scope.schema if scope else None)


class BoundDebugCursor(BoundCursor, CursorDebugWrapper):
    """The same, noting each statement for `connection.queries`."""
