"""The web process of `tieubieu run` on a port of its own, and a browser that keeps its line open."""

import http.client
import os
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from tieubieu import engines
from tieubieu.processes import free_port
from tieubieu.processes.children import Child
from tieubieu.processes.plan import WEB

START_SECONDS, ANSWER_SECONDS = 40, 60
IDLE_SECONDS = 1.0
CSRF = "d" * 32


class NotServing(RuntimeError):
    """The web process did not come up; its log says why."""


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    place: str

    def refused(self, wanted: int) -> str:
        """What went wrong, or "" for the status that was hoped for."""
        return "" if self.status == wanted else f"HTTP {self.status}"


@dataclass
class Site:
    """The served province; each thread has a connection of its own."""

    host: str
    port: int
    _lines: threading.local = field(default_factory=threading.local)
    _opened: list[http.client.HTTPConnection] = field(default_factory=list)

    def get(self, path: str, session: str = "") -> Answer:
        return self._ask("GET", path, session, b"", {})

    def post(self, path: str, session: str, body: bytes, kind: str, **headers: str) -> Answer:
        return self._ask("POST", path, session, body, {"Content-Type": kind, "X-CSRFToken": CSRF, **headers})

    def leave(self) -> None:
        """Close every connection, of threads that ended, too."""
        for line in self._opened:
            line.close()

    def _ask(self, verb: str, path: str, session: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        line = self._line()
        cookies = f"csrftoken={CSRF}" + (f"; sessionid={session}" if session else "")
        try:
            line.request(verb, path, body or None, {"Host": self.host, "Cookie": cookies, **headers})
            told = line.getresponse()
            return Answer(told.status, told.read(), told.headers.get("Location", ""))
        except (OSError, http.client.HTTPException):
            line.close()  # the next request opens it again
            raise
        finally:
            self._lines.used_at = time.monotonic()

    def _line(self) -> http.client.HTTPConnection:
        """This thread's connection; one that lay idle is opened anew, for the server may be closing it by now."""
        line = getattr(self._lines, "kept", None)
        if line is None:
            line = self._lines.kept = http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_SECONDS)
            self._opened.append(line)
        elif time.monotonic() - self._lines.used_at > IDLE_SECONDS:
            line.close()
        return line


@contextmanager
def served(database: str, host: str, storage: str, log: Path) -> Iterator[Site]:
    """Serve the database for this block; raises `NotServing`. Nothing runs behind the web: errands stay asked for."""
    port = free_port(settings.PORT + 1000)
    around = {
        **os.environ,
        "DATABASE_URL": urlsplit(settings.ENV.database_url)._replace(path=f"/{database}").geturl(),
        "STORAGE_URL": storage,
        "TIEUBIEU_PORT": str(port),
        "TIEUBIEU_HOME": str(engines.home()),
    }
    web = Child(WEB, log, around)
    web.start()
    site = Site(host, port)
    try:
        _wait_until_well(site, log)
        yield site
    finally:
        site.leave()
        web.ask_to_stop()
        web.insist(time.monotonic() + WEB.stop_seconds)


def _wait_until_well(site: Site, log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            if site.get("/suc-khoe/").status == http.HTTPStatus.OK:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise NotServing(f"Tiến trình web để đo không lên được: {log.read_text()[-2000:]}")
