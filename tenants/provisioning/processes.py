"""Work on many schemas in forked processes: each starts warm, with its own connection."""

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from os import getpid
from typing import TypeVar

from django.db import connections

from tieubieu.processes.child import end_with_parent

Told = TypeVar("Told")


def in_processes(work: Callable[[str], Told], schemas: Sequence[str], parallel: int) -> list[tuple[str, Told]]:
    """Return what `work` says of each schema; with one process, or one schema, it is this one.

    A killed run leaves nobody working behind the back of the next one.
    """
    if parallel == 1 or len(schemas) < 2:
        return [(schema, work(schema)) for schema in schemas]
    connections.close_all()  # a forked child must not speak on its parent's connection
    with ProcessPoolExecutor(parallel, get_context("fork"), end_with_parent, (getpid(),)) as pool:
        return list(zip(schemas, pool.map(work, schemas), strict=True))
