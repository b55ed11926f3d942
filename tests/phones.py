"""A person's phone before the site, in a tenant of its own whose rows are committed."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from browsers import at
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from throwaway import thrown_away

from tenants.directory import directory
from tenants.gateways import inside

PATIENCE_MS = 60_000


class Server(ThreadingMixIn, WSGIServer):
    """A browser opens lines that it may never use; none of them holds up the others."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served_province(slug, blocker, monkeypatch) -> Iterator[int]:
    """The site on a free port beside a tenant of its own; and that tenant is bound."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser's driver runs a loop in this thread
    server = Server(("127.0.0.1", 0), Quiet)
    pages = StaticFilesHandler(get_wsgi_application())

    def answer(environ, start_response):
        told = pages(environ, start_response)
        try:
            return [b"".join(told)]
        finally:
            told.close()
            connections.close_all()  # each request has a thread of its own

    server.set_app(answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    with blocker.unblock(), thrown_away(slug):
        directory.forget()
        with inside(slug):
            yield server.server_port
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def phone_of(who, slug, port, chromium):
    """A page of 360 × 740, signed in as the person; a script error fails the test.

    No row is read while it is open: beside the driver's loop Django would open a connection for every look.
    """
    from playwright.sync_api import sync_playwright

    session = at(slug, who).cookies[settings.SESSION_COOKIE_NAME].value
    host = f"{slug}.{settings.BASE_HOST}"
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    with sync_playwright() as driver:
        started = driver.chromium.launch(
            executable_path=chromium, args=[*arguments, "--host-resolver-rules=MAP *.localhost 127.0.0.1"]
        )
        base = f"http://{host}:{port}"
        context = started.new_context(viewport={"width": 360, "height": 740}, locale="vi-VN", base_url=base)
        context.set_default_timeout(PATIENCE_MS)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": base}])
        page = context.new_page()
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        yield page
        started.close()
    assert page.complaints == []
