"""A small platform of its own: one tenant room whose migrations a test writes, a database to throw away."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
from django.db import connection

PROJECT = Path(__file__).parents[1]
SETTINGS = """
from tieubieu.settings.test import *
SHARED_APPS = ["django_tenants", "tieubieu", "tenants", "django.contrib.contenttypes", "django.contrib.auth"]
TENANT_APPS = ["moving"]
INSTALLED_APPS = SHARED_APPS + TENANT_APPS
AUTH_USER_MODEL = "auth.User"
DATABASES["default"]["NAME"] = {database!r}
CACHES = {{"default": {{"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}}}
"""
APP = """
from django.apps import AppConfig
class MovingConfig(AppConfig):
    name = "moving"
    append_only = {append_only!r}
"""
MIGRATION = """
from django.db import migrations, models
class Migration(migrations.Migration):
    dependencies = {dependencies!r}
    operations = {operations}
"""
FIRST = """[migrations.CreateModel("Chair", [("id", models.BigAutoField(primary_key=True)),
                                            ("name", models.CharField(max_length=50))])]"""
SQL = """[migrations.AddField("chair", "colour", models.CharField(max_length=20, default="50% xám", db_index=True)),
          migrations.CreateModel("Table", [("id", models.BigAutoField(primary_key=True)),
                                           ("chair", models.ForeignKey("moving.Chair", models.CASCADE))])]"""
PYTHON = """[migrations.RunPython(lambda apps, editor: apps.get_model("moving", "Chair").objects.create(name="mới"))]"""
MAKE_TENANTS = """
import django; django.setup()
from tenants.provisioning.services import NewTenant, create_tenant
for slug in {slugs!r}:
    create_tenant(NewTenant(slug=slug, name=slug, domain=slug + ".localhost"))
"""


class House:
    """`tell` runs a command in a process of its own; `ask` reads the database behind everybody's back."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder, self.database = folder, database
        (folder / "moving/migrations").mkdir(parents=True)
        (folder / "moving/__init__.py").touch()
        (folder / "moving/migrations/__init__.py").touch()
        (folder / "moving_settings.py").write_text(SETTINGS.format(database=database))
        self.declare()
        self.write("0001_chairs", FIRST)

    def declare(self, append_only: tuple[str, ...] = ()) -> None:
        (self.folder / "moving/apps.py").write_text(APP.format(append_only=append_only))

    def write(self, name: str, operations: str, after: str = "") -> None:
        dependencies = [("moving", after)] if after else []
        text = MIGRATION.format(dependencies=dependencies, operations=operations)
        (self.folder / f"moving/migrations/{name}.py").write_text(text)

    def start(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, *words], env=self._environment(), text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def tell(self, *words: str, status: int = 0) -> str:
        process = self.start("-m", "tieubieu", *words)
        said = process.communicate(timeout=120)[0]
        assert process.returncode == status, said
        return said

    def migrate(self, *words: str, status: int = 0) -> str:
        return self.tell("migrate", "--spares", "0", *words, status=status)

    def settle(self, *slugs: str) -> None:
        process = self.start("-c", MAKE_TENANTS.format(slugs=slugs))
        said = process.communicate(timeout=120)[0]
        assert process.returncode == 0, said

    def connect(self, database: str = "") -> psycopg.Connection:
        place = connection.settings_dict
        return psycopg.connect(
            dbname=database or self.database, user=place["USER"], password=place["PASSWORD"],
            host=place["OPTIONS"].get("host") or place["HOST"], port=place["PORT"] or None, autocommit=True,
        )  # fmt: skip

    def ask(self, sql: str, *params: object) -> list[tuple]:
        with self.connect() as opened:
            return opened.execute(sql, params).fetchall()

    def do(self, sql: str) -> None:
        with self.connect() as opened:
            opened.execute(sql)

    def schemas_with(self, column: str) -> set[str]:
        asked = "SELECT table_schema FROM information_schema.columns WHERE table_name = 'moving_chair'"
        return {row[0] for row in self.ask(f"{asked} AND column_name = %s", column)}

    def forget(self, *schemas: str) -> None:
        """Drop schemas and roles, which belong to the server and would outlive the database."""
        for schema in schemas:
            self.do(f"DROP SCHEMA {schema} CASCADE; DROP OWNED BY tb_{schema}; DROP ROLE tb_{schema}")

    def drop(self) -> None:
        with self.connect("postgres") as opened:
            opened.execute(f'DROP DATABASE IF EXISTS "{self.database}" WITH (FORCE)')

    def create(self, template: str = "template0") -> None:
        self.drop()
        with self.connect("postgres") as opened:
            opened.execute(f'CREATE DATABASE "{self.database}" TEMPLATE "{template}"')

    def _environment(self) -> dict[str, str]:
        paths = [str(self.folder), str(PROJECT), str(PROJECT / "platform")]
        return {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(paths),
            "DJANGO_SETTINGS_MODULE": "moving_settings",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
