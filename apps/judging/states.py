"""The life of a score sheet (phiếu chấm điểm), and of a conflict of interest (xung đột lợi ích)."""

from django.db import models


class SheetState(models.TextChoices):
    DRAFT = "draft", "Đang chấm"
    LOCKED = "locked", "Đã khóa"
    RECUSED = "recused", "Không chấm do xung đột lợi ích"
    ABSENT = "absent", "Vắng"


MOVES: dict[str, tuple[frozenset[SheetState], SheetState]] = {
    "lock": (frozenset({SheetState.DRAFT}), SheetState.LOCKED),
    "recuse": (frozenset({SheetState.DRAFT, SheetState.LOCKED}), SheetState.RECUSED),
    "mark_absent": (frozenset({SheetState.DRAFT}), SheetState.ABSENT),
    "reopen": (frozenset({SheetState.LOCKED}), SheetState.DRAFT),
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
}
