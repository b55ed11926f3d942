"""Where a facility stands on the register, and the verbs that move it."""

from django.db import models


class Standing(models.TextChoices):
    PROPOSED = "proposed", "Chờ Sở duyệt"
    REGISTERED = "registered", "Đã vào danh sách"
    REFUSED = "refused", "Chưa được duyệt"
    MERGED = "merged", "Đã gộp vào cơ sở khác"


MOVES: dict[str, tuple[frozenset[Standing], Standing]] = {
    "approve": (frozenset({Standing.PROPOSED, Standing.REFUSED}), Standing.REGISTERED),
    "refuse": (frozenset({Standing.PROPOSED}), Standing.REFUSED),
    "propose_again": (frozenset({Standing.REFUSED}), Standing.PROPOSED),
    "merge": (frozenset({Standing.PROPOSED, Standing.REGISTERED, Standing.REFUSED}), Standing.MERGED),
}

# While a proposal is not on the register, whoever proposed it may still correct all of it.
OPEN_TO_ITS_OWNER = frozenset({Standing.PROPOSED, Standing.REFUSED})
