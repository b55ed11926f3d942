"""What a command of the terminal has around it: the embedded engines, and one clear line when they or a service fail.

with around(words):
    execute_from_command_line(["tieubieu", *words])
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext

import psycopg
from django.db import OperationalError

from tieubieu import checks
from tieubieu.engines import EngineError
from tieubieu.processes.work import engines_of_deployment

# They need no database, or see to the engines themselves.
WITHOUT_ENGINES = {
    "check",
    "collectstatic",
    "health",
    "help",
    "lint_document",
    "makemigrations",
    "rank",
    "relay",
    "replay",
    "run",
    "version",
}
INTERRUPTED = 130


@contextmanager
def around(words: Sequence[str]) -> Iterator[None]:
    """Run the embedded engines for this block if the command works on them.

    Ends with status 2 and two lines when the database cannot be reached, with 1 and one line when an
    engine cannot start, with 130 and nothing after Ctrl-C; any other error passes.
    """
    try:
        with engines_of_deployment() if needs_engines(words) else nullcontext():
            yield
    except EngineError as error:
        _end(str(error), 1)
    except (OperationalError, psycopg.OperationalError) as error:
        if not is_unreachable(error):
            raise
        _end(checks.told(checks.unreachable(error)), 2)
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None


def needs_engines(words: Sequence[str]) -> bool:
    """Tell whether the command works on the database or Redis."""
    if not words or words[0].startswith("-") or {"-h", "--help"} & set(words):
        return False
    return words[0] not in WITHOUT_ENGINES or "--database" in words


def is_unreachable(error: BaseException) -> bool:
    """Tell a connection that was never made from a deadlock or a time-out: the latter have a code of the server."""
    told_by_driver = error if isinstance(error, psycopg.Error) else error.__cause__
    return isinstance(told_by_driver, psycopg.OperationalError) and told_by_driver.sqlstate is None


def _end(text: str, status: int) -> None:
    print(text, file=sys.stderr)
    raise SystemExit(status) from None
