"""The embedded engines: PostgreSQL and Valkey from packages, for one machine without either.

Nothing here needs Django. The addresses are the same whether the engines run or not, so settings
may be computed without starting anything:

    with engines.running():         # starts what does not run; the last user out stops it
        psycopg.connect(engines.database_url())

`DATABASE_URL` and `REDIS_URL` replace the engines one by one; whoever calls says which it needs.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tieubieu.engines import leases
from tieubieu.engines.errors import EngineError, EngineMissing
from tieubieu.engines.homes import Home, default_home
from tieubieu.engines.postgres import Postgres
from tieubieu.engines.valkey import Valkey

__all__ = [
    "EngineError",
    "EngineMissing",
    "Engines",
    "broker_url",
    "database_url",
    "ensure_running",
    "home",
    "redis_url",
    "running",
    "stop",
]


@dataclass(frozen=True)
class Engines:
    """The engines of one home. Without fsync a crash of the machine loses data: for tests only."""

    path: Path
    fsync: bool = True

    @property
    def home(self) -> Home:
        return Home(self.path)

    @property
    def postgres(self) -> Postgres:
        return Postgres(self.home, self.fsync)

    @property
    def valkey(self) -> Valkey:
        return Valkey(self.home, self.fsync)

    def ensure_running(self, *, database: bool = True, redis: bool = True) -> list[str]:
        """Start what does not run and wait until it is ready; return the names of what was started. Idempotent.

        What this starts runs until `stop()`. Raises `EngineError` with one clear line.
        """
        wanted: dict[str, Postgres | Valkey] = {}
        if database:
            wanted["PostgreSQL"] = self.postgres
        if redis:
            wanted["Valkey"] = self.valkey
        if all(engine.is_ready() for engine in wanted.values()):
            return []
        self.home.prepare()
        with leases.exclusive(self.path / "engines.lock"):
            return [name for name, engine in wanted.items() if engine.start()]

    def stop(self) -> None:
        """Stop what runs, whoever started it; the data stays. Idempotent."""
        if not self.path.exists():
            return
        with leases.exclusive(self.path / "engines.lock"):
            self.valkey.stop()
            self.postgres.stop()
            self._leased.unlink(missing_ok=True)

    @contextmanager
    def running(self, *, database: bool = True, redis: bool = True) -> Iterator[None]:
        """Keep the engines running for this block; the last block to end, in any process, stops what was started."""
        if not (database or redis):
            yield
            return
        self.home.prepare()
        lease = leases.take(self._leases)
        try:
            if self.ensure_running(database=database, redis=redis):
                self._leased.touch()
                leases.start_keeper(self.path)
            yield
        finally:
            self._leave(lease)

    def keep(self) -> None:
        """Wait until nobody holds a lease, then stop the engines: the life of the keeper."""
        with leases.exclusive(self.path / "engines.keeper"), leases.exclusive(self._leases):
            if self._leased.exists():
                self.stop()

    @property
    def _leases(self) -> Path:
        return self.path / "engines.leases"

    @property
    def _leased(self) -> Path:
        """Present while the engines run on account of leases; absent when `ensure_running` started them for good."""
        return self.path / "engines.leased"

    def _leave(self, lease: int) -> None:
        if leases.is_last(lease) and self._leased.exists():
            self.stop()
        leases.close(lease)


def home(purpose: str = "") -> Path:
    """Return the data home of this checkout (`TIEUBIEU_HOME` overrides); a purpose names one beneath it."""
    return default_home(purpose)


def of_checkout() -> Engines:
    """Return the engines of this checkout."""
    return Engines(home())


def database_url() -> str:
    """Return the address of the embedded database, without starting it."""
    return of_checkout().postgres.url()


def redis_url() -> str:
    """Return the address of the embedded Valkey for redis-py and Django's cache, without starting it."""
    return of_checkout().valkey.url()


def broker_url(url: str | None = None) -> str:
    """Return the same server's address in Celery's spelling (a Unix socket is `redis+socket://` there)."""
    given = url or redis_url()
    if not given.startswith("unix://"):
        return given
    return given.replace("unix://", "redis+socket://", 1).replace("?db=", "?virtual_host=", 1)


def ensure_running(*, database: bool = True, redis: bool = True) -> list[str]:
    """Start the engines of this checkout for good: they run until `stop()`."""
    return of_checkout().ensure_running(database=database, redis=redis)


@contextmanager
def running(*, database: bool = True, redis: bool = True) -> Iterator[None]:
    """Keep the engines of this checkout running for this block."""
    with of_checkout().running(database=database, redis=redis):
        yield


def stop() -> None:
    """Stop the engines of this checkout, whoever started them."""
    of_checkout().stop()
