"""What every row of the house has: a UUID made by the application, and a schema it does not leave.

Identity columns mean nothing and may run backwards on some engines; a UUID never does, and it can be
named in a message before the row is stored.
"""

import uuid
from typing import Any, Self

from django.db import models

from tieubieu.binding import current_or_none


class RowElsewhere(RuntimeError):
    """A row of one schema was to be written in another; under a new key it would have become a copy there."""

    def __init__(self, row: models.Model, home: str, here: str) -> None:
        super().__init__(
            f"{row._meta.label}: dòng của {home!r} không được ghi vào {here!r}."
            f" / A row of {home!r} is not written in {here!r}; pass its id and read it there."
        )


class Row(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    # The schema in which the row was read or first written.
    _home: str | None = None

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, *loaded: Any, **options: Any) -> Self:
        row = super().from_db(*loaded, **options)
        row._home = _schema()
        return row

    def save_base(self, *args: Any, **options: Any) -> None:
        """Write the row; raises `RowElsewhere` when it belongs to another schema than the bound one."""
        self._stay_home()
        super().save_base(*args, **options)
        self._home = _schema()

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        """Remove the row; raises `RowElsewhere` when it belongs to another schema than the bound one."""
        self._stay_home()
        return super().delete(*args, **options)

    def _stay_home(self) -> None:
        here = _schema()
        if self._home and here and self._home != here:
            raise RowElsewhere(self, self._home, here)


def _schema() -> str | None:
    scope = current_or_none()
    return scope.schema if scope else None
