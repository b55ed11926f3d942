"""What the calendar asks for, from the public scope into every tenant."""

from django.db import transaction

import workers.upkeep  # noqa: F401 - registers its errands
from tenants.gateways import each_tenant
from tieubieu.binding import PUBLIC, bound
from tieubieu.celery import app
from tieubieu.outbox import clock
from tieubieu.outbox.models import Message
from tieubieu.outbox.services import emit


def test_the_calendar_is_known_to_the_clock():
    assert {"upkeep.anchor_heads", "upkeep.forget_messages"} <= set(clock.scheduled())


def test_an_errand_of_the_public_scope_asks_every_tenant(here):
    with bound(PUBLIC), transaction.atomic():
        asked = emit("upkeep.anchor_heads")

    app.tasks["upkeep.anchor_heads"](message=str(asked), tenant="")

    with bound(PUBLIC):
        sent = set(Message.objects.filter(errand="upkeep.anchor_head").values_list("tenant", flat=True))
    assert sent == {tenant.slug for tenant in each_tenant()}
