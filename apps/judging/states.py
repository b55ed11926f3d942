"""The life of a score sheet (phiếu chấm điểm)."""

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
