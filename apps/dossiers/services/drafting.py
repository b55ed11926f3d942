"""Entries are begun."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from apps.accounts.models import Person
from apps.dossiers.events import EntryEvent
from apps.dossiers.models import Dossier, Entry
from apps.dossiers.services.entries import create_entry
from apps.dossiers.services.forms import ensure_form
from apps.facilities.models import Product
from apps.rounds.services import lock_round, require
from apps.rounds.states import Capability
from tieubieu.audit.services import record
from tieubieu.names import safe_name


@transaction.atomic
def draft_entry(
    round_id: UUID,
    *,
    products: Sequence[Product],
    name: str,
    actor: Person,
    set_case: str = "",
    registration: Mapping[str, Any] | None = None,
    description: Mapping[str, Any] | None = None,
) -> Entry:
    """Start an entry for a product, or for a set of products of one facility (Điều 3.2, 4.1 TT 26/2014/TT-BCT)."""
    round = lock_round(round_id)
    require(round, Capability.FILE)
    entry = create_entry(round, products, safe_name(name), set_case)
    entry.begun_by = actor
    entry.save(update_fields=["begun_by"])
    Dossier.objects.create(
        entry=entry, form=ensure_form(), registration=dict(registration or {}), description=dict(description or {})
    )
    record(EntryEvent.DRAFTED, entry, actor=actor, round=str(round_id))
    return entry
