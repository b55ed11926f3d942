"""The stock way: django-tenants with its own backend and commands, in a process of its own.

Run as `python -m tenants.benchmarks.stock DATABASE TENANTS`, with the usual settings in the
environment; prints its times as JSON.
"""

import json
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

SETTINGS = """
from {usual} import *
DATABASES["default"]["ENGINE"] = "django_tenants.postgresql_backend"
DATABASES["default"]["NAME"] = {database!r}
"""


def measure(database: str, tenants: int) -> dict[str, Any]:
    """Create tenants by migrations, then carry one migration to them; return the seconds of each."""
    with TemporaryDirectory() as folder:
        text = SETTINGS.format(usual=os.environ["DJANGO_SETTINGS_MODULE"], database=database)
        (Path(folder) / "stock_settings.py").write_text(text)
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "stock_settings",
            "PYTHONPATH": os.pathsep.join([folder, *sys.path]),
        }
        command = [sys.executable, "-m", "tenants.benchmarks.stock", str(tenants)]
        told = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    return dict(json.loads(told.stdout.splitlines()[-1]))


def main(tenants: int) -> dict[str, Any]:
    import django

    django.setup()
    _take_off_our_additions()
    from django.core.management import call_command
    from django_tenants.management.commands.migrate_schemas import MigrateSchemasCommand

    from tenants.benchmarks.figures import seconds
    from tenants.benchmarks.scratch import room_of_our_own
    from tenants.models import Tenant

    def migrate(**options: Any) -> None:
        call_command(MigrateSchemasCommand(), verbosity=0, interactive=False, executor="standard", **options)

    def create(number: int) -> None:
        Tenant(slug=f"stock{number}", schema_name=f"stock{number}", name=f"{number}").save(verbosity=0)  # type: ignore[call-arg]

    Tenant.auto_create_schema = True
    with room_of_our_own() as room:
        migrate(shared=True)
        created = [seconds(lambda n=number: create(n)) for number in range(tenants)]  # type: ignore[misc]
        room.add_column()
        return {"created": created, "migrated": seconds(migrate)}


def _take_off_our_additions() -> None:
    """Modules of ours may have put their additions onto Django's classes while the apps were loaded."""
    import_module("tenants.backend.base")
    from django.db.migrations.recorder import MigrationRecorder
    from django.db.models.sql import Query

    Query.__init__ = Query.__init__.__wrapped__  # type: ignore[method-assign, attr-defined]
    MigrationRecorder.has_table = MigrationRecorder.has_table.__wrapped__  # type: ignore[method-assign, attr-defined]


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
