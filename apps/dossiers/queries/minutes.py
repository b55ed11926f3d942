"""The minutes of checking (biên bản kiểm tra hồ sơ): what a round received and what became of each dossier."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet

from apps.dossiers.models import Entry
from apps.dossiers.states import EntryState
from apps.rounds.models import Round

PARTS: tuple[tuple[EntryState, str, str], ...] = (
    (EntryState.ACCEPTED, "hợp lệ", "hop-le"),
    (EntryState.INELIGIBLE, "không hợp lệ", "khong-hop-le"),
    (EntryState.WITHDRAWN, "đã rút", "da-rut"),
    (EntryState.MERGED, "đã gộp vào bộ", "da-gop"),
    (EntryState.SUPPLEMENT, "chờ bổ sung", "cho-bo-sung"),
    (EntryState.SUBMITTED, "chưa kết luận", "chua-kiem-tra"),
)


@dataclass(frozen=True)
class Part:
    state: EntryState
    label: str
    tab: str
    count: int


@dataclass(frozen=True)
class Minutes:
    """`received` is counted on its own, so that a part that is missing shows as a sum that does not add up."""

    received: int
    parts: list[Part]

    @property
    def adds_up(self) -> bool:
        return self.received == sum(part.count for part in self.parts)


def received_in(round: Round, without: Collection[UUID] = ()) -> QuerySet[Entry]:
    """Dossiers as they were filed: a draft was never received, and a set made by merging was not received again.
    `without` are those of which the reader may know nothing."""
    filed = Entry.objects.filter(round=round, submitted_at__isnull=False, members__isnull=True)
    return filed.exclude(state=EntryState.DISSOLVED).exclude(pk__in=without)


def minutes_of(round: Round, without: Collection[UUID] = ()) -> Minutes:
    """Received = accepted + refused + withdrawn + merged + waiting for a supplement + not concluded."""
    states = dict(received_in(round, without).values_list("state").annotate(n=Count("pk")).order_by("state"))
    parts = [Part(state, label, tab, states.get(state.value, 0)) for state, label, tab in PARTS]
    return Minutes(received_in(round, without).count(), parts)


def sets_in(round: Round) -> int:
    """How many sets were made by merging, beside what was received."""
    return Entry.objects.filter(round=round, members__isnull=False).distinct().count()


def lines_of(round: Round) -> QuerySet[Entry]:
    """Every received dossier with its conclusion, the list that is printed under the minutes."""
    rows = received_in(round).select_related("facility", "officer", "merged_into")
    return rows.order_by("group", "facility__name_key", "name_folded", "id")
