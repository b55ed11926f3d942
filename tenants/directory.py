"""Which tenant a host name belongs to, remembered for half a minute by each process.

A change is seen at once by the process that makes it, and within two seconds by the others through a
generation number in the shared cache; without that cache they learn it when the half minute is over.
"""

import logging
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models.signals import post_delete, post_save

from tenants.models import Domain, Tenant
from tieubieu.binding import PUBLIC, bound

logger = logging.getLogger(__name__)

KEPT_SECONDS = 30.0
ASKED_EVERY_SECONDS = 2.0
MOST_HOSTS = 2048
GENERATION = "tenants.directory"


@dataclass(frozen=True, slots=True)
class Found:
    tenant: Tenant | None
    until: float


class Directory:
    """The remembered host names, the latest used last; unknown hosts are remembered too, and bounded."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._found: OrderedDict[str, Found] = OrderedDict()
        self._generation: object = None
        self._ask_at = 0.0

    def tenant_at(self, host: str) -> Tenant | None:
        """Return the tenant of a host name, or None. The row is shared between threads: read it only."""
        now = time.monotonic()
        self._follow_generation(now)
        found = self._found.get(host)
        if found is None or found.until < now:
            found = Found(look_up(host), now + KEPT_SECONDS)
            self._remember(host, found)
        return found.tenant

    def forget(self) -> None:
        with self._lock:
            self._found.clear()

    def _remember(self, host: str, found: Found) -> None:
        with self._lock:
            self._found[host] = found
            self._found.move_to_end(host)
            while len(self._found) > MOST_HOSTS:
                self._found.popitem(last=False)

    def _follow_generation(self, now: float) -> None:
        if now < self._ask_at:
            return
        self._ask_at = now + ASKED_EVERY_SECONDS
        generation = _generation()
        if generation != self._generation:
            self._generation = generation
            self.forget()


directory = Directory()


def look_up(host: str) -> Tenant | None:
    """Ask the register."""
    with bound(PUBLIC):
        return Tenant.objects.filter(domains__domain=host).first()


def watch() -> None:
    """Forget, here and elsewhere, whenever a tenant or a domain changes."""
    for model in (Tenant, Domain):
        for changed in (post_save, post_delete):
            changed.connect(_announce, sender=model, dispatch_uid=f"tenants.directory.{model.__name__}")


def _announce(**_: object) -> None:
    from django.db import transaction

    transaction.on_commit(announce)


def announce() -> None:
    """Have every process ask the register anew; for changes that no signal tells of."""
    directory.forget()
    try:
        with bound(PUBLIC):
            cache.set(GENERATION, time.time_ns(), timeout=None)
    except Exception:
        # The shared cache is a courtesy: without it others learn of the change when their half minute is over.
        logger.warning("Bộ nhớ chung không trả lời; các tiến trình khác biết thay đổi sau %d giây.", KEPT_SECONDS)


def _generation() -> object:
    try:
        with bound(PUBLIC):
            return cache.get(GENERATION)
    except Exception:
        return None
