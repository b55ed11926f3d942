"""Signs of life: absent, fresh and stale."""

import os
import time
from pathlib import Path

import pytest

from tieubieu.processes import heartbeats


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIEUBIEU_HOME", str(tmp_path / "home"))


def test_who_never_lived_is_not_alive() -> None:
    assert heartbeats.age("relay") is None
    assert not heartbeats.is_alive("relay")


def test_who_beats_is_alive() -> None:
    heartbeats.beat("relay")

    assert heartbeats.is_alive("relay")


def test_who_stopped_beating_is_not_alive() -> None:
    heartbeats.beat("relay")
    long_ago = time.time() - heartbeats.STALE_SECONDS - 1
    os.utime(heartbeats.path("relay"), (long_ago, long_ago))

    assert not heartbeats.is_alive("relay")
