"""Tenants that a test may fill and throw away, for what only committed rows can show."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

from tenants.gateways import as_owner
from tenants.models import Tenant
from tenants.provisioning.services import NewTenant, create_tenant
from tenants.provisioning.stamping import drop
from tieubieu.binding import Scope
from tieubieu.outbox.models import Message, Tick


@contextmanager
def thrown_away(*slugs: str) -> Iterator[list[Scope]]:
    """Create tenants, yield their scopes, drop them with their schemas and messages."""
    made = [
        create_tenant(NewTenant(slug=slug, name=f"Tỉnh thử {slug}", domain=f"{slug}.{settings.BASE_HOST}"))
        for slug in slugs
    ]
    try:
        yield [tenant.scope for tenant in made]
    finally:
        with as_owner():
            for tenant in made:
                drop(tenant.schema_name)
            Tenant.objects.filter(slug__in=slugs).delete()
            Message.objects.all().delete()
            Tick.objects.all().delete()
        connection.close()
