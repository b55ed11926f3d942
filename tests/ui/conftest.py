"""The preview server and a browser to look at it with."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SERVE = Path(__file__).parent / "preview" / "serve.py"


@pytest.fixture(scope="module")
def preview() -> Iterator[str]:
    """The address of the design system served alone, in a process with its own settings."""
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    with subprocess.Popen(
        [sys.executable, str(SERVE), "0"], stdout=subprocess.PIPE, text=True, env=environment
    ) as server:
        yield server.stdout.readline().strip().rstrip("/")
        server.terminate()


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[object]:
    """Chromium, for one module only: a driver left running would make Django refuse its database elsewhere."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()


@pytest.fixture
def phone(browser, preview):
    """A page of 360 × 740 whose console stayed silent: a CSP violation or a script error fails the test."""
    yield from _page(browser, preview, 360, 740)


@pytest.fixture
def desk(browser, preview):
    """A page of 1366 × 768, as silent."""
    yield from _page(browser, preview, 1366, 768)


def _page(browser, preview, width, height):
    context = browser.new_context(viewport={"width": width, "height": height}, locale="vi-VN", base_url=preview)
    page = context.new_page()
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("console", lambda told: _listen(page, told))
    yield page
    context.close()
    assert page.complaints == []


def _listen(page, told):
    # A refused connection or answer is what some tests are about; the browser reports it by itself.
    if told.type in ("error", "warning") and not told.text.startswith("Failed to load resource"):
        page.complaints.append(told.text)
