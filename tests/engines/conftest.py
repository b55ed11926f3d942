"""Homes for embedded engines: short, thrown away afterwards, and passable for the account lent to root."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tieubieu.engines import Engines, servers


@contextmanager
def short_folder() -> Iterator[Path]:
    # pytest's own tmp_path lies behind a folder that only its owner may pass.
    top = Path(tempfile.mkdtemp(prefix="tb-"))
    top.chmod(0o711)
    yield top
    # A keeper that has just been started may still be opening its lock.
    assert servers.wait_until(lambda: not shutil.rmtree(top, ignore_errors=True) and not top.exists(), seconds=60)


@pytest.fixture
def place() -> Iterator[Path]:
    with short_folder() as top:
        yield top


@pytest.fixture(scope="session")
def cluster() -> Iterator[Path]:
    """A database that was made once; copying it is ten times quicker than making another."""
    with short_folder() as top:
        made = Engines(top / "home", fsync=False)
        made.ensure_running(redis=False)
        made.stop()
        yield made.home.postgres_data


@pytest.fixture
def bare(place: Path) -> Iterator[Engines]:
    """Engines that never ran."""
    made = Engines(place / "home", fsync=False)
    yield made
    made.stop()


@pytest.fixture
def engines(bare: Engines, cluster: Path) -> Engines:
    """Engines that ran before and are stopped."""
    bare.home.prepare()
    subprocess.run(["cp", "-a", cluster, bare.home.postgres_data], check=True)
    return bare
