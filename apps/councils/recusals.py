"""The one place where the council asks whom a conflict of interest keeps out."""

from collections.abc import Collection
from uuid import UUID

from apps.accounts.models import Person
from apps.judging import access
from apps.judging.queries import barred_pairs
from apps.rounds.models import Appointment, Round

Pairs = frozenset[tuple[UUID, UUID]]


def kept_out(round: Round, members: Collection[Appointment], entries: Collection[UUID]) -> frozenset[UUID]:
    """The members (by appointment) who take no part in a vote on these entries: one conflict among them is enough.

    What nobody has decided yet keeps out as well, from the moment it is declared or found.
    """
    pairs = barred_pairs(round)
    return frozenset(m.pk for m in members if any((m.pk, entry) in pairs for entry in entries))


def hidden_entries(round: Round, person: Person) -> frozenset[UUID]:
    """The entries of which this person learns nothing: no score, no count, no rank, no outcome."""
    return access.hidden_entries(person, round)
