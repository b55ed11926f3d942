"""Score sheets, what is kept of them, and the result that comes of them."""

from apps.judging.models.keeping import LateDraft, LockedVersion, Opening, Reminder, Reopening
from apps.judging.models.sheets import Mark, Origin, Sheet, Snapshot

__all__ = [
    "LateDraft",
    "LockedVersion",
    "Mark",
    "Opening",
    "Origin",
    "Reminder",
    "Reopening",
    "Sheet",
    "Snapshot",
]
