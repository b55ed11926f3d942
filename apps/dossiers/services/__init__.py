"""Entries are drafted, submitted, screened, and merged into sets."""

from apps.dossiers.services.drafting import draft_entry
from apps.dossiers.services.filing import submit_entry
from apps.dossiers.services.screening import accept_entry, merge_entries, refuse_entry

__all__ = ["accept_entry", "draft_entry", "merge_entries", "refuse_entry", "submit_entry"]
