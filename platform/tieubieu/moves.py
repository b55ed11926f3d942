"""States are changed by verbs that stand in a table: `verb -> (states it may start from, state it leads to)`."""

from collections.abc import Mapping
from typing import Any

from django.db import models

from tieubieu.errors import WrongState

type_of_moves = Mapping[str, tuple[frozenset[Any], Any]]


def move(row: models.Model, verb: str, table: type_of_moves, *, field: str) -> None:
    """Set `row.field` as the table says for `verb`; the caller holds the row's lock and saves it.

    Raises `WrongState` (HTTP 409) when the row is not in a state from which the verb may start.
    """
    starts, target = table[verb]
    state = getattr(row, field)
    if state not in starts:
        label = getattr(row, f"get_{field}_display")()
        raise WrongState(f"Không thực hiện được việc này khi đang ở trạng thái “{label}”.", verb=verb, state=state)
    setattr(row, field, target)
