"""Score sheets, what is kept of them, and the result that comes of them; conflicts of interest, and what members say of
themselves."""

from apps.judging.models.conflicts import Affiliation, AffiliationKind, Conflict, ConflictKind, MemberProfile, Source
from apps.judging.models.keeping import LateDraft, LockedVersion, Opening, Reminder, Reopening
from apps.judging.models.papers import PaperCase
from apps.judging.models.sheets import Mark, Origin, Sheet, Snapshot

__all__ = [
    "Affiliation",
    "AffiliationKind",
    "Conflict",
    "ConflictKind",
    "LateDraft",
    "LockedVersion",
    "Mark",
    "MemberProfile",
    "Opening",
    "Origin",
    "PaperCase",
    "Reminder",
    "Reopening",
    "Sheet",
    "Snapshot",
    "Source",
]
