"""Two provinces to throw away, and a Valkey that may be killed."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

sys.path.insert(0, str(Path(__file__).parent))

from tieubieu.binding import PUBLIC, Scope, bound
from tieubieu.engines import Engines


@pytest.fixture(scope="module")
def places(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list[Scope]]:
    from throwaway import thrown_away

    with django_db_blocker.unblock(), thrown_away("ga-mot", "ga-hai") as scopes:
        yield scopes


@pytest.fixture
def here(places: list[Scope]) -> Iterator[Scope]:
    """One of the provinces, with an outbox that is empty before and after."""
    yield places[0]
    _empty()


@pytest.fixture
def there(places: list[Scope]) -> Scope:
    return places[1]


@pytest.fixture(scope="module")
def engines() -> Iterator[Engines]:
    top = Path(tempfile.mkdtemp(prefix="tb-"))
    top.chmod(0o711)  # PostgreSQL's and Valkey's account must pass, and pytest's own folder is closed to it
    made = Engines(top / "home", fsync=False)
    made.ensure_running(database=False)
    yield made
    made.stop()
    shutil.rmtree(top)


def _empty() -> None:
    from tieubieu.outbox.models import Message

    with bound(PUBLIC):
        Message.objects.all().delete()
