"""Entries are submitted."""

from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from apps.accounts.models import Person
from apps.dossiers.events import EntryEvent
from apps.dossiers.models import Entry
from apps.dossiers.services.entries import lock_entry
from apps.dossiers.states import MOVES
from apps.rounds.services import require
from apps.rounds.states import Capability
from tieubieu.audit.services import record
from tieubieu.moves import move


@transaction.atomic
def submit_entry(entry_id: UUID, *, actor: Person) -> Entry:
    """Submit the entry; the time is the database's."""
    entry, round = lock_entry(entry_id)
    require(round, Capability.FILE)
    move(entry, "submit", MOVES, field="state")
    entry.submitted_at = Now()  # type: ignore[assignment]
    entry.save(update_fields=["state", "submitted_at"])
    record(EntryEvent.SUBMITTED, entry, actor=actor)
    return entry
