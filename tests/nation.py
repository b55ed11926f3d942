"""The demo nation as a person gets it: its own home, real engines, relay and workers, the site on its own port."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from tieubieu.engines import Engines, servers
from tieubieu.processes import free_port

SERVED_SECONDS = 120
OPENED = re.compile(r"Trang web đã mở: http://localhost:(\d+)/")
# Who came and went, what the house keeps in stock: not what happened in a round.
PASSING = ("django_session", "axes_", "oauth2_provider_", "outbox_", "tenants_spareschema")


@dataclass
class Nation:
    """A home with the demo in it. `told` is what `tieubieu demo --json` said; `port` is where the site said it is."""

    home: Path
    environment: dict[str, str]
    told: dict[str, Any] = field(default_factory=dict)
    port: int = 0

    @property
    def engines(self) -> Engines:
        return Engines(self.home)

    def at(self, slug: str, path: str = "/") -> str:
        """An address on a tenant's host; `""` is the public one."""
        return f"http://{f'{slug}.' if slug else ''}localhost:{self.port}{path}"

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self.python("-m", "tieubieu", *words)

    def python(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *words], env=self.environment, capture_output=True, text=True, check=False
        )

    def play(self, scenes: Iterable[tuple[str, str, str]], *, entries: int) -> dict[str, str]:
        """Raise provinces and take a round in each to a scene of `integration/scenes.py`: scene, slug, province.

        Gives what the scenes printed as `name=value`.
        """
        script = Path(__file__).parent / "integration" / "scenes.py"
        played = self.python(str(script), str(entries), *(":".join(scene) for scene in scenes))
        assert played.returncode == 0, played.stderr
        return dict(line.split("=", 1) for line in played.stdout.splitlines() if "=" in line)

    def ask(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Query the database as its owner, whom no wall holds."""
        with psycopg.connect(self.engines.postgres.url(), autocommit=True) as connection:
            found = connection.execute(sql, values)
            return found.fetchall() if found.description else []

    def rows(self) -> dict[str, int]:
        """How many rows each table of each schema holds, the spare schemas in stock apart."""
        own = "schemaname !~ '^(pg_|information_schema|spare_)'"
        tables = self.ask(f"SELECT schemaname, tablename FROM pg_tables WHERE {own}")
        return {
            f"{schema}.{table}": self.ask(f'SELECT count(*) FROM "{schema}"."{table}"')[0][0]
            for schema, table in tables
            if not table.startswith(PASSING)
        }


def eventually(holds: Callable[[], bool], seconds: float = 60) -> bool:
    return bool(servers.wait_until(holds, seconds))


@contextmanager
def served_nation() -> Iterator[Nation]:
    """Raise the demo, serve it until the block ends, leave nothing."""
    top = Path(tempfile.mkdtemp(prefix="tb-"))
    top.chmod(0o711)  # the engines run as somebody else when we are root
    nation = Nation(top / "home", _environment(top / "home"))
    try:
        nation.told = _raise(nation)
        with _served(nation, top / "said"):
            yield nation
    finally:
        shutil.rmtree(top, ignore_errors=True)


def _environment(home: Path) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
    return inherited | {
        "TIEUBIEU_HOME": str(home),
        "TIEUBIEU_ENV": "development",
        "DJANGO_SETTINGS_MODULE": "tieubieu.settings.development",
    }


def _raise(nation: Nation) -> dict[str, Any]:
    started = time.monotonic()
    done = nation.command("demo", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    return {**told, "status": done.returncode, "wall_seconds": time.monotonic() - started}


@contextmanager
def _served(nation: Nation, said: Path) -> Iterator[None]:
    """Serve the nation. A wished-for port may be gone by the time the site listens: whoever runs these tests beside
    us has a nation of the same rounds and passwords there. So the site is asked where it really is."""
    environment = nation.environment | {"TIEUBIEU_PORT": str(free_port(18200 + os.getpid() % 20 * 50))}
    with said.open("w") as out:
        site = subprocess.Popen(
            [sys.executable, "-m", "tieubieu", "run"], env=environment, stdout=out, stderr=out, text=True
        )
        try:
            assert eventually(lambda: bool(OPENED.search(said.read_text())), SERVED_SECONDS), said.read_text()
            nation.port = int(OPENED.search(said.read_text())[1])
            yield
        finally:
            site.terminate()
            site.wait(30)
