"""What the clock asks of the desk: reminders of supplements in the early morning, the officers' digest after them."""

from datetime import time

from django.db import transaction

from apps.dossiers.services.reminders import remind_supplements, send_digests
from tenants.gateways import each_tenant, inside
from tieubieu.outbox.clock import Daily
from tieubieu.outbox.errands import errand
from tieubieu.outbox.services import emit

REMIND, DIGEST = "screening.remind_supplements", "screening.send_digests"


@errand("screening.remind_tenants", queue="notifications", lease=120, every=Daily(time(6, 30)))
def remind_tenants() -> None:
    """Have every tenant look at its supplements; asked for in the public scope."""
    _ask_each(REMIND)


@errand("screening.digest_tenants", queue="notifications", lease=120, every=Daily(time(7, 15)))
def digest_tenants() -> None:
    """Have every tenant write its officers their day; asked for in the public scope."""
    _ask_each(DIGEST)


@errand(REMIND, queue="notifications", lease=300)
def remind() -> None:
    with transaction.atomic():
        remind_supplements()


@errand(DIGEST, queue="notifications", lease=300)
def digest() -> None:
    with transaction.atomic():
        send_digests()


def _ask_each(name: str) -> None:
    for tenant in each_tenant():
        with inside(tenant), transaction.atomic():
            emit(name)
