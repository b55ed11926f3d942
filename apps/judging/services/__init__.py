"""What is done with score sheets, from handing them out to the sealed result."""

from apps.judging.services.sheets import (
    COMPUTE,
    close_scoring,
    compute_snapshot,
    criteria,
    lock_own_sheet,
    lock_sheet,
    mark_absent,
    receipt,
    recuse,
    save_mark,
    save_marks,
    start_scoring,
)

__all__ = [
    "COMPUTE",
    "close_scoring",
    "compute_snapshot",
    "criteria",
    "lock_own_sheet",
    "lock_sheet",
    "mark_absent",
    "receipt",
    "recuse",
    "save_mark",
    "save_marks",
    "start_scoring",
]
