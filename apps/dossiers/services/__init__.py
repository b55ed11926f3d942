"""Entries are drafted, submitted, screened, and merged into sets."""

from apps.dossiers.services.drafting import draft_entry
from apps.dossiers.services.filing import submit_entry
from apps.dossiers.services.merging import dissolve_set, merge_entries
from apps.dossiers.services.screening import accept_entry, assign_entry, refuse_entry, reopen_entry

__all__ = [
    "accept_entry",
    "assign_entry",
    "dissolve_set",
    "draft_entry",
    "merge_entries",
    "refuse_entry",
    "reopen_entry",
    "submit_entry",
]
