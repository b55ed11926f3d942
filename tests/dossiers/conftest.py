"""tests/dossiers/portal.py is shared by the tests of the filing half."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from portal import Portal, portal


@pytest.fixture
def at_the_portal(in_daklak) -> Portal:
    return portal()
