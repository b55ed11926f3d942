"""The life of an entry until it is judged."""

from django.db import models


class EntryState(models.TextChoices):
    DRAFT = "draft", "Đang soạn"
    SUBMITTED = "submitted", "Đã gửi"
    SUPPLEMENT = "supplement", "Chờ bổ sung"
    ACCEPTED = "accepted", "Hợp lệ"
    INELIGIBLE = "ineligible", "Không hợp lệ"
    WITHDRAWN = "withdrawn", "Đã rút"
    MERGED = "merged", "Đã gộp vào bộ sản phẩm"
    DISSOLVED = "dissolved", "Bộ đã tách trở lại"


MOVES: dict[str, tuple[frozenset[EntryState], EntryState]] = {
    "submit": (frozenset({EntryState.DRAFT}), EntryState.SUBMITTED),
    "ask_supplement": (frozenset({EntryState.SUBMITTED}), EntryState.SUPPLEMENT),
    "file_again": (frozenset({EntryState.SUPPLEMENT}), EntryState.SUBMITTED),
    "cancel_supplement": (frozenset({EntryState.SUPPLEMENT}), EntryState.SUBMITTED),
    "accept": (frozenset({EntryState.SUBMITTED}), EntryState.ACCEPTED),
    "refuse": (frozenset({EntryState.SUBMITTED, EntryState.SUPPLEMENT}), EntryState.INELIGIBLE),
    "reopen": (frozenset({EntryState.INELIGIBLE, EntryState.ACCEPTED}), EntryState.SUBMITTED),
    "withdraw": (frozenset({EntryState.DRAFT, EntryState.SUBMITTED, EntryState.SUPPLEMENT}), EntryState.WITHDRAWN),
    "merge": (frozenset({EntryState.ACCEPTED}), EntryState.MERGED),
    "dissolve": (frozenset({EntryState.ACCEPTED}), EntryState.DISSOLVED),
    "stand_alone": (frozenset({EntryState.MERGED}), EntryState.ACCEPTED),
}
