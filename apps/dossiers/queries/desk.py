"""The work queue: which filed dossiers, in which state, waiting for whom. One page is a fixed number of queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

from apps.accounts.access import has_tenant_wide_view
from apps.accounts.models import Person
from apps.dossiers.access import filed_entries
from apps.dossiers.models import Check, Entry, Filing, Supplement, SupplementState, Verdict
from apps.dossiers.states import EntryState
from tieubieu.searching import with_words

# Entries with the marks of `on_desk`, which the types cannot know.
Rows = QuerySet[Any]

OF_ENTRY = Q(entry=OuterRef("pk"))

ME, NOBODY = "toi", "chua-giao"
UNTOUCHED, BEGUN, LACKING, GOOD = "chua-ai-xem", "dang-xem", "con-thieu", "dat-ca"


@dataclass(frozen=True)
class Tab:
    """One part of what was received; the tabs together are all of it, each dossier in exactly one."""

    key: str
    label: str
    where: Q


SUBMITTED = Q(state=EntryState.SUBMITTED)
TABS = (
    Tab("chua-kiem-tra", "chưa ai xem", SUBMITTED & Q(is_touched=False)),
    Tab("dang-kiem-tra", "đang kiểm tra", SUBMITTED & Q(is_touched=True)),
    Tab("cho-bo-sung", "chờ bổ sung", Q(state=EntryState.SUPPLEMENT)),
    Tab("hop-le", "hợp lệ", Q(state=EntryState.ACCEPTED)),
    Tab("khong-hop-le", "không hợp lệ", Q(state=EntryState.INELIGIBLE)),
    Tab("da-rut", "đã rút", Q(state=EntryState.WITHDRAWN)),
    Tab("da-gop", "đã gộp vào bộ", Q(state=EntryState.MERGED)),
)
SETS = "bo"


@dataclass(frozen=True)
class Filters:
    """What the reader asked for; "" is anything."""

    round: str = ""
    tab: str = ""
    group: str = ""
    commune: str = ""
    officer: str = ""
    checked: str = ""
    overdue: bool = False
    corrected: bool = False
    unconfirmed: bool = False
    words: str = ""
    order: str = ""


ORDERS: Mapping[str, tuple[str, ...]] = {
    "": ("submitted_at", "id"),
    "moi": ("-submitted_at", "id"),
    "co-so": ("facility__name_key", "name_folded", "id"),
    "han": ("due_on", "submitted_at", "id"),
    "ma-so": ("code", "submitted_at", "id"),
}


def on_desk(person: Person) -> Rows:
    """Every filed dossier that the person may see, sets made by merging included, with the marks that filters ask."""
    seen = filed_entries(person)
    rows = seen if has_tenant_wide_view(person) else Entry.objects.filter(pk__in=seen.values("pk"))
    return rows.exclude(state=EntryState.DISSOLVED).annotate(
        is_touched=Exists(Check.objects.filter(OF_ENTRY)),
        is_joined=Exists(Entry.objects.filter(merged_into=OuterRef("pk"))),
        due_on=Subquery(Supplement.objects.filter(OF_ENTRY, state=SupplementState.OPEN).values("due_on")[:1]),
    )


def narrowed(rows: Rows, asked: Filters, person: Person, today: date) -> Rows:
    """The rows that fit everything but the tab: what the counters count."""
    rows = rows.filter(_plain(asked), _assigned(asked.officer, person), _looked(asked.checked))
    if asked.overdue:
        rows = rows.filter(due_on__lt=today)
    if asked.corrected:
        answered = Supplement.objects.filter(OF_ENTRY, state=SupplementState.ANSWERED, looked_at__isnull=True)
        rows = rows.filter(Exists(answered), SUBMITTED)
    if asked.unconfirmed:
        last = Filing.objects.filter(OF_ENTRY).order_by("-number")
        rows = rows.annotate(
            last_is_assisted=Subquery(last.values("is_assisted")[:1]),
            last_confirmed_at=Subquery(last.values("owner_confirmed_at")[:1]),
        ).filter(last_is_assisted=True, last_confirmed_at__isnull=True)
    return with_words(rows, asked.words, "name_folded", "facility__name_folded", others=_numbered)


def _numbered(word: str) -> Q:
    return Q(code__icontains=word) | Q(facility__tax_code__startswith=word)


def tabbed(rows: Rows, asked: Filters) -> Rows:
    """The rows of one tab, in the order asked for."""
    if asked.tab == SETS:
        rows = rows.filter(is_joined=True)
    else:
        tab = next((tab for tab in TABS if tab.key == asked.tab), None)
        rows = rows.filter(tab.where if tab else Q(), is_joined=False)
    return rows.order_by(*ORDERS.get(asked.order, ORDERS[""]))


def counted(rows: Rows) -> dict[str, int]:
    """How many rows each tab holds, all tabs together ("") and the sets made by merging; one query."""
    counters: dict[str, Any] = {tab.key: Count("pk", filter=tab.where & Q(is_joined=False)) for tab in TABS}
    counters |= {"received": Count("pk", filter=Q(is_joined=False)), SETS: Count("pk", filter=Q(is_joined=True))}
    return rows.aggregate(**counters)


def with_details(rows: Rows) -> Rows:
    """What a row of the table shows; the contents of filings stay where they are."""
    return rows.select_related("round", "facility", "officer").prefetch_related(
        "checks", "supplements", Prefetch("filings", Filing.objects.defer("content"))
    )


@dataclass(frozen=True)
class Row:
    """A dossier as the table shows it; made of prefetched rows only."""

    entry: Entry
    today: date
    commune: str = ""

    @property
    def found(self) -> dict[str, int]:
        """How many lines were found good, missing, wrong."""
        verdicts = [check.verdict for check in self.entry.checks.all()]
        return {verdict.value: verdicts.count(verdict) for verdict in Verdict}

    @property
    def progress(self) -> str:
        """Nobody looked, all that was looked at is good, or something is lacking: three different words."""
        found = self.found
        if not sum(found.values()):
            return UNTOUCHED
        return LACKING if found["missing"] + found["wrong"] else GOOD

    @property
    def is_concluded_unseen(self) -> bool:
        """Concluded without a line of the checklist: nobody is told to look at it any more."""
        return self.entry.state not in (EntryState.SUBMITTED, EntryState.SUPPLEMENT) and self.progress == UNTOUCHED

    @property
    def lacking(self) -> int:
        return self.found["missing"] + self.found["wrong"]

    @property
    def due_on(self) -> date | None:
        return next((s.due_on for s in self.entry.supplements.all() if s.state == SupplementState.OPEN), None)

    @property
    def is_overdue(self) -> bool:
        return self.due_on is not None and self.due_on < self.today

    @property
    def is_corrected(self) -> bool:
        """Filed again after a supplement, and nobody has looked yet."""
        new = any(s.state == SupplementState.ANSWERED and s.looked_at is None for s in self.entry.supplements.all())
        return new and self.entry.state == EntryState.SUBMITTED

    @property
    def is_unconfirmed(self) -> bool:
        """Filed by an official, and the owner has not said yes to it."""
        last = max(self.entry.filings.all(), key=lambda filing: filing.number, default=None)
        return bool(last and last.is_assisted and last.owner_confirmed_at is None)


@dataclass(frozen=True)
class Around:
    """Where a dossier stands in the queue as filtered: its place, how many there are, and its two neighbours."""

    before: UUID | None
    after: UUID | None
    place: int
    total: int


def around(entry: Entry, asked: Filters, person: Person, today: date) -> Around:
    """A dossier that has just left the filter (it was accepted, say) keeps the place it would have there."""
    desk = on_desk(person)
    inside = tabbed(narrowed(desk, asked, person, today), asked).order_by().values("pk")
    whole = desk.filter(Q(pk__in=inside) | Q(pk=entry.pk)).order_by(*ORDERS[asked.order])
    ids = list(whole.values_list("pk", flat=True))
    place = ids.index(entry.pk)
    after = ids[place + 1] if place + 1 < len(ids) else None
    return Around(ids[place - 1] if place else None, after, place + 1, len(ids))


def rows_of(entries: Iterable[Entry], communes: Mapping[str, str] | None = None) -> list[Row]:
    """`communes` are the names by code."""
    today, names = timezone.localdate(), communes or {}
    codes = [(entry, entry.facility.commune_code) for entry in entries]
    return [Row(entry, today, names.get(code, code)) for entry, code in codes]


def _plain(asked: Filters) -> Q:
    wanted = {"round__code": asked.round, "group": asked.group, "facility__commune_code": asked.commune}
    return Q(**{name: value for name, value in wanted.items() if value})


def _assigned(officer: str, person: Person) -> Q:
    if officer == NOBODY:
        return Q(officer__isnull=True)
    if officer == ME:
        return Q(officer=person)
    return Q(officer=officer) if officer else Q()


def _looked(checked: str) -> Q:
    lacking = Check.objects.filter(OF_ENTRY).exclude(verdict=Verdict.GOOD)
    return {
        UNTOUCHED: Q(is_touched=False),
        LACKING: Q(Exists(lacking)),
        GOOD: Q(is_touched=True) & ~Q(Exists(lacking)),
    }.get(checked, Q())
