"""A page of one query, twice: with the tenant of the host, and as plain Django serves it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from io import BytesIO
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, connections
from django.http import HttpRequest, HttpResponse
from django.test.utils import override_settings
from django.urls import path

from tenants.benchmarks.figures import seconds

PLAIN = "plain"
ROUNDS, REQUESTS = 15, 100


def of_tenant(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(Session.objects.filter(pk="x").first()))


def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(Session.objects.using(PLAIN).filter(pk="x").first()))


urlpatterns = [path("tenant", of_tenant), path("plain", plain)]


def measure(host: str, schema: str) -> tuple[float, float]:
    """Return the seconds of the quickest request, with tenants and plain, of interleaved rounds after a warm-up."""
    pages = {"ROOT_URLCONF": __name__, "PUBLIC_SCHEMA_URLCONF": __name__}
    with override_settings(**pages), _plain_database(schema):
        ours = _visitor("/tenant", host, ["tenants.middleware.TenantMiddleware"])
        others = _visitor("/plain", settings.BASE_HOST, [])
        _round(ours), _round(others)
        rounds = [(_round(ours), _round(others)) for _ in range(ROUNDS)]
    return min(mine for mine, _ in rounds), min(theirs for _, theirs in rounds)


def _visitor(address: str, host: str, middleware: list[str]) -> Callable[[], object]:
    with override_settings(MIDDLEWARE=middleware):
        handler = WSGIHandler()

    def visit() -> None:
        environment = {
            "REQUEST_METHOD": "GET", "PATH_INFO": address, "SERVER_NAME": host, "SERVER_PORT": "80",
            "HTTP_HOST": host, "wsgi.input": BytesIO(), "wsgi.url_scheme": "http",
        }  # fmt: skip
        response = handler(environment, _hear)
        if response.status_code != 200:
            raise AssertionError(f"{host}{address}: {response.status_code}")
        response.close()

    return visit


def _hear(status: str, headers: list[tuple[str, str]], error: Any = None, /) -> Callable[[bytes], object]:
    return len


def _round(visit: Callable[[], object]) -> float:
    return min(seconds(visit) for _ in range(REQUESTS))


@contextmanager
def _plain_database(schema: str) -> Iterator[None]:
    """Django's own backend on the same database, standing in the schema from the start."""
    place: dict[str, Any] = deepcopy(connection.settings_dict)
    place["ENGINE"] = "django.db.backends.postgresql"
    place["OPTIONS"] = {**place["OPTIONS"], "options": f"-c search_path={schema},public"}
    connections.settings[PLAIN] = place
    try:
        yield
    finally:
        connections[PLAIN].close()
        del connections.settings[PLAIN], connections[PLAIN]
