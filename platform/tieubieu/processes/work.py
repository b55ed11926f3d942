"""Have somebody to do the work: the engines and the workers, for one block of a command."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.conf import settings

from tieubieu import engines
from tieubieu.processes.plan import BEHIND_THE_WEB, Process
from tieubieu.processes.supervisor import LOOK_SECONDS, AlreadyRunning, Stack


@contextmanager
def engines_of_deployment() -> Iterator[None]:
    """Keep running, for this block, those engines that no URL replaces."""
    with engines.running(database=settings.ENV.embedded_database, redis=settings.ENV.embedded_redis):
        yield


def keep_engines() -> list[str]:
    """Start again what stopped of those engines; return the names."""
    return engines.ensure_running(database=settings.ENV.embedded_database, redis=settings.ENV.embedded_redis)


@contextmanager
def at_work(processes: Iterable[Process] = BEHIND_THE_WEB) -> Iterator[None]:
    """Have engines and workers running for this block: those that run here already, or our own.

    A worker that crashes is started again. Workers on other machines are not seen: on real services
    ask with `--no-stack` where a command offers it.
    """
    with engines_of_deployment():
        stack = Stack(engines.home(), processes, keep_engines=keep_engines)
        try:
            stack.__enter__()
        except AlreadyRunning:
            yield
            return
        with _looked_after(stack):
            yield


@contextmanager
def _looked_after(stack: Stack) -> Iterator[None]:
    """Look after the stack from a thread, which lives as long as the block: a child's life hangs on it."""
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(LOOK_SECONDS):
            stack.look_after()

    thread = threading.Thread(target=look, name="supervisor", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        stack.__exit__(None, None, None)
