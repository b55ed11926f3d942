"""Databases to throw away, and a migration that adds a column with an index."""

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import DatabaseError, connection, connections
from django.test.utils import override_settings

from tenants.backend.base import OWNER
from tenants.models import role_of
from tenants.provisioning import snapshots, states
from tenants.provisioning.names import quoted
from tieubieu.binding import bound

ROOM = "sessions"  # a tenant room that every installation has
PACKAGE = "benchmark_sessions"
FIRST = """
from importlib import import_module
Migration = import_module("django.contrib.sessions.migrations.0001_initial").Migration
"""
SECOND = """
from django.db import migrations, models
class Migration(migrations.Migration):
    dependencies = [("sessions", "0001_initial")]
    operations = [
        migrations.AddField("session", "note", models.CharField(max_length=20, default="")),
        migrations.AddIndex("session", models.Index(fields=["note"], name="benchmark_note")),
    ]
"""


class Room:
    """The migrations of one room in a folder of ours: the first is Django's, the second ours."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._write("__init__", "")
        self._write("0001_initial", FIRST)

    def add_column(self) -> None:
        """Write the migration that everybody then lacks."""
        self._write("0002_note", SECOND)
        forget_files()

    def _write(self, name: str, text: str) -> None:
        package = self.folder / PACKAGE
        package.mkdir(exist_ok=True)
        (package / f"{name}.py").write_text(text)


@contextmanager
def room_of_our_own() -> Iterator[Room]:
    """Let Django look for the room's migrations in a folder that goes away with the block."""
    with TemporaryDirectory() as folder, override_settings(MIGRATION_MODULES={ROOM: PACKAGE}):
        sys.path.insert(0, folder)
        try:
            room = Room(Path(folder))
            forget_files()
            yield room
        finally:
            sys.path.remove(folder)
            forget_files()


def forget_files() -> None:
    """Migrations are read once per process; here they change."""
    importlib.invalidate_caches()
    states.on_disk.cache_clear()
    snapshots.lacks.cache_clear()


@contextmanager
def scratch_database(name: str) -> Iterator[str]:
    """Create an empty database, drop it in the end."""
    _replace(name, create=True)
    try:
        yield name
    finally:
        _replace(name, create=False)


@contextmanager
def working_in(name: str) -> Iterator[None]:
    """Point this process, its threads included, at another database of the same server."""
    place = connection.settings_dict
    usual = place["NAME"]
    connections.close_all()
    place["NAME"] = name
    try:
        yield
    finally:
        connections.close_all()
        place["NAME"] = usual


def forget_roles(prefix: str) -> None:
    """Drop the roles of numbered tenants, which belong to the server and outlive their database; one in use stays."""
    with bound(OWNER), connection.cursor() as cursor:
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolname ~ %s", [f"^{role_of(prefix)}[0-9]+$"])
        for (role,) in cursor.fetchall():
            with suppress(DatabaseError):
                cursor.execute(f"DROP ROLE {quoted(role)}")


def _replace(name: str, *, create: bool) -> None:
    """Without FORCE, which refuses when autovacuum is at work there: a plain DROP sends that away by itself."""
    with bound(OWNER), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = %s AND backend_type = 'client backend'",
            [name],
        )
        cursor.execute(f"DROP DATABASE IF EXISTS {quoted(name)}")
        if create:
            cursor.execute(f"CREATE DATABASE {quoted(name)}")
