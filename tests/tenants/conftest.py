"""Two provinces with the same rows under the same keys; only a token tells whose they are."""

import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

sys.path.insert(0, str(Path(__file__).parent))  # the walk stands beside its tests

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

TWINS = [UUID(int=0xCA4A0000 + number) for number in range(6)]


@pytest.fixture(scope="module")
def canaries(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[list]:
    """Committed rows, so that threads and rollbacks see them, taken away by hand: the scopes of both provinces.

    Django's own way, `transaction=True`, would flush one schema and leave the others as they are.
    """
    from apps.facilities.models import Facility
    from tenants.gateways import inside, scope_of

    with django_db_blocker.unblock():
        scopes = [scope_of("daklak"), scope_of("khanhhoa")]
        for scope in scopes:
            with inside(scope):
                _temptations(Facility).delete()
                Facility.objects.bulk_create(
                    Facility(pk=twin, name=scope.schema, tax_code=f"CANARY{n}", kind="household", province_code="66")
                    for n, twin in enumerate(TWINS)
                )
        yield scopes
        for scope in scopes:
            with inside(scope):
                _temptations(Facility).delete()
        connection.close()


def _temptations(facility: type):
    return facility.objects.filter(pk__in=TWINS)
