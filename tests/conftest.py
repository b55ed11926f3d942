"""The nation of the tests: a fresh database with three tenants, on the embedded engines unless URLs are given."""

import gc
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # tests share tests/stage.py

import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker

from tieubieu import engines

TENANTS = {
    "daklak": ("Tỉnh Đắk Lắk", "province", "66"),
    "khanhhoa": ("Tỉnh Khánh Hòa", "province", "56"),
    "quocgia": ("Bộ Công Thương", "national", ""),
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--lives", type=int, help="how many roads of a round's life to take, new ones (500 known ones)")


def pytest_collection_finish() -> None:
    """What stands until the end is not searched for garbage again and again: an eighth of the suite's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)


@pytest.fixture(scope="session")
def running_engines() -> Iterator[None]:
    own = engines.Engines(engines.home(), fsync=False)
    with own.running(database=settings.ENV.embedded_database, redis=settings.ENV.embedded_redis):
        yield


@pytest.fixture(scope="session")
def django_db_setup(running_engines: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Create the database once: public schema, law, template, and the three tenants stamped from it."""
    from django.test.utils import setup_databases, teardown_databases

    from tenants.gateways import as_owner

    with django_db_blocker.unblock(), as_owner():
        made = setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
        _raise_tenants()
    yield
    with django_db_blocker.unblock(), as_owner():
        teardown_databases(made, verbosity=0)


def _raise_tenants() -> None:
    from tenants.provisioning.services import NewTenant, create_tenant
    from tenants.reference.services import load_all

    load_all()
    for slug, (name, kind, code) in TENANTS.items():
        create_tenant(
            NewTenant(slug=slug, name=name, domain=f"{slug}.{settings.BASE_HOST}", kind=kind, province_code=code)
        )


@pytest.fixture
def daklak(db: None):
    return _tenant("daklak")


@pytest.fixture
def khanhhoa(db: None):
    return _tenant("khanhhoa")


@pytest.fixture
def national(db: None):
    return _tenant("quocgia")


def _tenant(slug: str):
    from tenants.gateways import tenant_of

    return tenant_of(slug)


@pytest.fixture
def in_daklak(daklak):
    from tenants.gateways import inside

    with inside(daklak):
        yield daklak


@pytest.fixture
def in_khanhhoa(khanhhoa):
    from tenants.gateways import inside

    with inside(khanhhoa):
        yield khanhhoa


@pytest.fixture
def in_national(national):
    from tenants.gateways import inside

    with inside(national):
        yield national


@pytest.fixture(autouse=True)
def files_of_one_test(tmp_path: Path, settings, monkeypatch) -> None:
    """What a test stores stays in its own folder; Django would keep the storage of the first test."""
    from django.core.files.storage import default_storage

    from tieubieu.binding.storage import open_storage

    settings.STORAGE_URL = (tmp_path / "files").as_uri()
    monkeypatch.setattr(default_storage, "_wrapped", open_storage(settings.STORAGE_URL))


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where the browser is; a test that needs one and finds none is skipped, and says what to install."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("BROWSER TESTS SKIPPED: chromium is not installed (apt-get install chromium)")
    return found
