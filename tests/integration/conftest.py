import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import nation
import pytest
from throwaway import thrown_away


@pytest.fixture
def measured_province(django_db_setup, django_db_blocker):
    """A fresh province to run a benchmark in."""
    with django_db_blocker.unblock(), thrown_away("do-toc-do") as [scope]:
        yield scope


@pytest.fixture(scope="session")
def served_nation():
    """The demo nation, raised once and served for all tests below."""
    with nation.served_nation() as served:
        yield served


@pytest.fixture(scope="module")
def browser(chromium):
    """Chromium, for one module only: a driver left running would make Django refuse its database elsewhere."""
    from playwright.sync_api import sync_playwright

    arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    arguments += ["--host-resolver-rules=MAP *.localhost 127.0.0.1"]
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium, args=arguments)
        yield started
        started.close()
