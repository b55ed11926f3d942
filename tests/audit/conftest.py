import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

sys.path.insert(0, str(Path(__file__).parent))

from tieubieu.binding import Scope


@pytest.fixture(scope="module")
def place(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Scope]:
    """A province to throw away, stamped as a spare and renamed, for committed events."""
    from throwaway import thrown_away

    from tenants.provisioning.stamping import keep_spares

    with django_db_blocker.unblock():
        keep_spares(1)
        with thrown_away("nhat-ky") as [scope]:
            yield scope
