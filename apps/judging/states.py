"""The life of a score sheet (phiếu chấm điểm), and of a conflict of interest (xung đột lợi ích)."""

from django.db import models


class SheetState(models.TextChoices):
    DRAFT = "draft", "Đang chấm"
    LOCKED = "locked", "Đã khóa"
    RECUSED = "recused", "Không chấm do xung đột lợi ích"
    ABSENT = "absent", "Vắng"
    RELEASED = "released", "Không còn được giao"


# Kept for what they say, but nobody's to fill in any more and counted nowhere.
SET_ASIDE = frozenset({SheetState.RECUSED, SheetState.RELEASED})


class PaperState(models.TextChoices):
    """How far a signed paper sheet has come."""

    TYPED_ONCE = "once", "Đã nhập lần một"
    DIFFERENT = "different", "Hai lần nhập khác nhau"
    LOCKED = "locked", "Đã khóa theo phiếu giấy"


PAPER_MOVES: dict[str, tuple[frozenset[PaperState], PaperState]] = {
    "agree": (frozenset({PaperState.TYPED_ONCE}), PaperState.LOCKED),
    "differ": (frozenset({PaperState.TYPED_ONCE}), PaperState.DIFFERENT),
    "decide": (frozenset({PaperState.DIFFERENT}), PaperState.LOCKED),
}

MOVES: dict[str, tuple[frozenset[SheetState], SheetState]] = {
    "lock": (frozenset({SheetState.DRAFT}), SheetState.LOCKED),
    "recuse": (frozenset({SheetState.DRAFT, SheetState.LOCKED}), SheetState.RECUSED),
    "mark_absent": (frozenset({SheetState.DRAFT}), SheetState.ABSENT),
    "reopen": (frozenset({SheetState.LOCKED}), SheetState.DRAFT),
    "release": (frozenset({SheetState.DRAFT}), SheetState.RELEASED),
    "assign": (frozenset({SheetState.RELEASED}), SheetState.DRAFT),
    "give_back": (frozenset({SheetState.RECUSED}), SheetState.DRAFT),
    "leave_free": (frozenset({SheetState.RECUSED}), SheetState.RELEASED),
}


class ConflictState(models.TextChoices):
    OPEN = "undecided", "Chờ quyết định"
    UPHELD = "upheld", "Không tham gia"
    DISMISSED = "dismissed", "Không có xung đột"


# While nobody has decided, the member is kept away as if there were a conflict: nothing that was seen can be unseen.
BARRING = frozenset({ConflictState.OPEN, ConflictState.UPHELD})

CONFLICT_MOVES: dict[str, tuple[frozenset[ConflictState], ConflictState]] = {
    "uphold": (frozenset({ConflictState.OPEN}), ConflictState.UPHELD),
    "dismiss": (frozenset({ConflictState.OPEN}), ConflictState.DISMISSED),
    "take_back": (frozenset({ConflictState.UPHELD}), ConflictState.DISMISSED),
}
