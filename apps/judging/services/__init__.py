"""What is done with score sheets, from handing them out to the sealed result."""

from apps.judging.services.marking import (
    LONGEST_REMARK,
    ChangedElsewhere,
    clean_remark,
    lines_of,
    marks_of,
    save_mark,
    save_marks,
    save_remark,
)
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
    start_scoring,
)

__all__ = [
    "COMPUTE",
    "LONGEST_REMARK",
    "ChangedElsewhere",
    "clean_remark",
    "close_scoring",
    "compute_snapshot",
    "criteria",
    "lines_of",
    "lock_own_sheet",
    "lock_sheet",
    "mark_absent",
    "marks_of",
    "receipt",
    "recuse",
    "save_mark",
    "save_marks",
    "save_remark",
    "start_scoring",
]
