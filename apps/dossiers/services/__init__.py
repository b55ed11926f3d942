"""Entries are begun, filled, filed, screened, and merged into sets."""

from apps.dossiers.services.copying import copy_entry
from apps.dossiers.services.drafting import (
    BadAnswer,
    ChangedElsewhere,
    Subject,
    begin_entry,
    describe_entry,
    draft_entry,
    save_answer,
    withdraw_entry,
)
from apps.dossiers.services.filing import NotComplete, confirm_filing, file_again, submit_entry
from apps.dossiers.services.merging import dissolve_set, merge_entries
from apps.dossiers.services.papers import add_paper, caption_paper, move_paper, remove_paper
from apps.dossiers.services.screening import accept_entry, assign_entry, refuse_entry, reopen_entry

__all__ = [
    "BadAnswer",
    "ChangedElsewhere",
    "NotComplete",
    "Subject",
    "accept_entry",
    "add_paper",
    "assign_entry",
    "begin_entry",
    "caption_paper",
    "confirm_filing",
    "copy_entry",
    "describe_entry",
    "dissolve_set",
    "draft_entry",
    "file_again",
    "merge_entries",
    "move_paper",
    "refuse_entry",
    "remove_paper",
    "reopen_entry",
    "save_answer",
    "submit_entry",
    "withdraw_entry",
]
