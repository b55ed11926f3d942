"""What a round receives: entries with their dossiers, papers and forms, and what screening says of them."""

from apps.dossiers.models.entries import CodeBook, Confirmation, Dossier, Entry, EntryItem, EntryKind, Filing, SetCase
from apps.dossiers.models.forms import FormDraft, FormVersion
from apps.dossiers.models.papers import Paper, Slot
from apps.dossiers.models.screening import (
    Check,
    Note,
    Point,
    SavedView,
    Side,
    Supplement,
    SupplementState,
    Verdict,
    Wrong,
)

__all__ = [
    "Check",
    "CodeBook",
    "Confirmation",
    "Dossier",
    "Entry",
    "EntryItem",
    "EntryKind",
    "Filing",
    "FormDraft",
    "FormVersion",
    "Note",
    "Paper",
    "Point",
    "SavedView",
    "SetCase",
    "Side",
    "Slot",
    "Supplement",
    "SupplementState",
    "Verdict",
    "Wrong",
]
