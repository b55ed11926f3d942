"""What is done with score sheets, from handing them out to the sealed result."""

from apps.judging.services.assigning import assign_judge, balance_missing, release_judge
from apps.judging.services.conflicts import (
    compare_facilities,
    compare_person,
    declare_conflict,
    detect_conflicts,
    dismiss_conflict,
    take_back_conflict,
    uphold_conflict,
)
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
from apps.judging.services.results import COMPUTE, ask_for_snapshot, compute_again, compute_snapshot
from apps.judging.services.scoring import close_scoring, start_scoring
from apps.judging.services.sealing import keep_late, lock_sheet, open_scores, reopen_sheet
from apps.judging.services.sheets import criteria, mark_absent, recuse

__all__ = [
    "COMPUTE",
    "LONGEST_REMARK",
    "ChangedElsewhere",
    "ScoringOver",
    "ask_for_snapshot",
    "assign_judge",
    "balance_missing",
    "clean_remark",
    "close_scoring",
    "compare_facilities",
    "compare_person",
    "compute_again",
    "compute_snapshot",
    "criteria",
    "declare_conflict",
    "detect_conflicts",
    "dismiss_conflict",
    "keep_late",
    "lines_of",
    "lock_sheet",
    "mark_absent",
    "marks_of",
    "open_scores",
    "receipt",
    "recuse",
    "release_judge",
    "remind_judges",
    "reopen_sheet",
    "save_mark",
    "save_marks",
    "save_remark",
    "start_scoring",
    "take_back_conflict",
    "uphold_conflict",
]
