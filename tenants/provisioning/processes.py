"""Work on many schemas in forked processes: each starts warm, with its own connection."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from django.db import connections


def in_processes(work: Callable[[str], str], schemas: list[str], parallel: int) -> list[tuple[str, str]]:
    """Return what `work` says of each schema; with one process, or one schema, it is this one."""
    if parallel == 1 or len(schemas) < 2:
        return [(schema, work(schema)) for schema in schemas]
    connections.close_all()  # a forked child must not speak on its parent's connection
    with ProcessPoolExecutor(parallel, mp_context=get_context("fork")) as pool:
        return list(zip(schemas, pool.map(work, schemas), strict=True))
