"""A province of our own to measure in, in a database that goes away."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

from django.conf import settings
from django.core.management import call_command

from tenants.benchmarks.scratch import forget_roles, scratch_database, working_in
from tenants.provisioning.services import NewTenant, create_tenant


@contextmanager
def database_of_our_own(name: str, slug: str) -> Iterator[None]:
    """An empty database, which goes away with the block, and with it the role of its province."""
    try:
        with scratch_database(name), working_in(name):
            yield
    finally:
        forget_roles(slug.rstrip("0123456789"))


def raise_province(slug: str, code: str) -> None:
    """Migrate the empty database at hand and stamp one province; it takes most of a minute."""
    call_command("migrate", verbosity=0, interactive=False, spares=0)
    call_command("load_reference", verbosity=0, stdout=StringIO())
    create_tenant(NewTenant(slug=slug, name="Tỉnh để đo", domain=f"{slug}.{settings.BASE_HOST}", province_code=code))
