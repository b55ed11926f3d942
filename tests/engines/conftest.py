"""Homes for embedded engines: short, thrown away afterwards, and passable for the account lent to root."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tieubieu.engines import Engines


@pytest.fixture
def place() -> Iterator[Path]:
    # pytest's own tmp_path lies behind a folder that only its owner may pass.
    top = Path(tempfile.mkdtemp(prefix="tb-"))
    top.chmod(0o711)
    yield top
    shutil.rmtree(top)


@pytest.fixture
def engines(place: Path) -> Iterator[Engines]:
    made = Engines(place / "home", fsync=False)
    yield made
    made.stop()
