"""What the calendar asks for, in every tenant: heads of the logs handed over, finished messages forgotten."""

from datetime import time, timedelta

from django.db import transaction

from tenants.gateways import each_tenant, inside
from tenants.models import Kind
from tieubieu.audit.services import anchor, head
from tieubieu.outbox.clock import Daily
from tieubieu.outbox.errands import errand
from tieubieu.outbox.services import emit, forget_done

KEPT = timedelta(days=30)
FORGOTTEN_AT_ONCE = 5000


@errand("upkeep.anchor_heads", lease=120, every=Daily(time(1, 30)))
def anchor_heads() -> None:
    """Have every tenant hand over the head of its log; asked for in the public scope."""
    for tenant in each_tenant():
        with inside(tenant), transaction.atomic():
            emit("upkeep.anchor_head")


@errand("upkeep.anchor_head")
def anchor_head() -> None:
    """Copy the head of the bound tenant's log to the national tenant, where this tenant's role cannot reach it."""
    mine = head()
    if not mine.seq:
        return
    for national in each_tenant(Kind.NATIONAL):
        with inside(national):
            anchor(mine)


@errand("upkeep.forget_messages", lease=300, every=Daily(time(2, 30)))
def forget_messages() -> None:
    """Delete messages that were done a month ago, a batch at a time."""
    while forget_done(older_than=KEPT, at_most=FORGOTTEN_AT_ONCE) == FORGOTTEN_AT_ONCE:
        pass
