"""Thousands of random steps between two tenants that hold the same keys; no step may read the other's rows.

Each step either reads what carries the bound tenant's token, or is refused. The controls take one
guard away at a time; the same walk must then find a leak.
"""

from collections.abc import Callable

import pytest
from canary_reads import Leak
from canary_walk import walk

from tenants.backend import base, operations
from tenants.backend.base import DatabaseWrapper
from tenants.backend.cursors import BoundCursor

STEPS = 5000


def test_no_step_reads_the_neighbour(canaries):
    walker = walk(canaries, STEPS)

    assert walker.steps >= STEPS
    assert walker.reads > STEPS


def _no_births(monkeypatch):
    monkeypatch.setattr(operations, "native", lambda compiler: compiler)


GUARDS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "what PostgreSQL undid is forgotten": lambda m: m.setattr(DatabaseWrapper, "forget", lambda self: None),
    "an aborted commit is known": lambda m: m.setattr(DatabaseWrapper, "_is_aborted", lambda self: False),
    "a cursor comes home": lambda m: m.setattr(BoundCursor, "_stand_home", BoundCursor._stay_home),
    "a cursor stays home": lambda m: m.setattr(BoundCursor, "_stay_home", lambda self: None),
    "queries know where they were born": _no_births,
    "callbacks carry their binding": lambda m: m.setattr(base, "carried", lambda function: function),
}


@pytest.mark.parametrize("guard", GUARDS)
def test_without_one_guard_the_same_walk_finds_a_leak(canaries, monkeypatch, guard):
    GUARDS[guard](monkeypatch)

    with pytest.raises(Leak):
        walk(canaries, STEPS // 5)
