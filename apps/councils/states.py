"""The life of one vote."""

from django.db import models


class BallotState(models.TextChoices):
    OPEN = "open", "Đang biểu quyết"
    CLOSED = "closed", "Đã kiểm phiếu"
    ANNULLED = "annulled", "Đã hủy"


MOVES: dict[str, tuple[frozenset[BallotState], BallotState]] = {
    "close": (frozenset({BallotState.OPEN}), BallotState.CLOSED),
    "annul": (frozenset({BallotState.OPEN, BallotState.CLOSED}), BallotState.ANNULLED),
}
