"""A person's browser on one host, without a network."""

from django.test import Client

from apps.accounts.models import Person
from tenants.gateways import inside


def at(slug: str, who: Person | None = None) -> Client:
    """A browser on a tenant's host (`""` is the public one), signed in as somebody."""
    client = Client(headers={"host": f"{slug}.localhost" if slug else "localhost"})
    if who is not None:
        with inside(slug):
            client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    return client
