"""A person's browser on one host, without a network."""

from django.test import Client

from apps.accounts.models import Person
from tenants.directory import directory
from tenants.gateways import inside
from tieubieu.binding import PUBLIC, bound


def at(slug: str, who: Person | None = None) -> Client:
    """A browser on a tenant's host (`""` is the public one), signed in as somebody."""
    host = f"{slug}.localhost" if slug else "localhost"
    _know(host)
    client = Client(headers={"host": host})
    if who is not None:
        with inside(slug):
            client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _know(host: str) -> None:
    """Look the host up now, so that no request that is counted has to because half a minute has passed."""
    directory.forget()
    with bound(PUBLIC):
        directory.tenant_at(host)
