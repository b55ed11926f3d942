"""What is done with score sheets, from handing them out to the sealed result."""

from apps.judging.services.marking import (
    LONGEST_REMARK,
    ChangedElsewhere,
    ScoringOver,
    clean_remark,
    lines_of,
    marks_of,
    receipt,
    save_mark,
    save_marks,
    save_remark,
)
from apps.judging.services.reminding import remind_judges
from apps.judging.services.sealing import keep_late, lock_sheet, open_scores, reopen_sheet
from apps.judging.services.sheets import (
    COMPUTE,
    close_scoring,
    compute_again,
    compute_snapshot,
    criteria,
    mark_absent,
    recuse,
    start_scoring,
)

__all__ = [
    "COMPUTE",
    "LONGEST_REMARK",
    "ChangedElsewhere",
    "ScoringOver",
    "clean_remark",
    "close_scoring",
    "compute_again",
    "compute_snapshot",
    "criteria",
    "keep_late",
    "lines_of",
    "lock_sheet",
    "mark_absent",
    "marks_of",
    "open_scores",
    "receipt",
    "recuse",
    "remind_judges",
    "reopen_sheet",
    "save_mark",
    "save_marks",
    "save_remark",
    "start_scoring",
]
