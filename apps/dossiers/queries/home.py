"""What the facility's people see first: what is asked of them, what they have begun, and where they may enter."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Max, Prefetch, Q, QuerySet

from apps.accounts.models import Person
from apps.dossiers.access import own_entries
from apps.dossiers.models import Entry, Filing, Supplement, SupplementState
from apps.dossiers.states import EntryState
from apps.facilities.access import own_facilities
from apps.facilities.models import AgentKind, Facility, FacilityAgent
from apps.rounds.models import Level, Round, Window, WindowKind
from apps.rounds.queries import phases_that_grant
from apps.rounds.states import Capability
from tieubieu.moments import transaction_time

OUT = (EntryState.WITHDRAWN, EntryState.DISSOLVED)


@dataclass(frozen=True)
class OpenRound:
    """A round that takes dossiers, and the facilities of this person that may enter it."""

    round: Round
    opens_at: datetime
    closes_at: datetime
    facilities: list[Facility]
    is_open: bool


@dataclass(frozen=True)
class Asked:
    """Something that the facility is asked to do."""

    entry: Entry
    kind: str
    until: date | None = None


@dataclass
class Home:
    facilities: list[Facility]
    rounds: list[OpenRound]
    drafts: list[Entry] = field(default_factory=list)
    filed: list[Entry] = field(default_factory=list)
    past: list[Entry] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)


def home_of(person: Person) -> Home:
    """Everything of the home page, in a number of queries that does not grow with the dossiers."""
    facilities = list(own_facilities(person))
    home = Home(facilities, rounds_to_enter(facilities))
    owned = _owned(person)
    for entry in shown_entries(own_entries(person)):
        _place(home, entry, owned)
    return home


def shown_entries(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Entries with what a list says of each: facility, round, closing time, latest filing, open request."""
    opened = Supplement.objects.filter(state=SupplementState.OPEN)
    return (
        entries.exclude(state=EntryState.DISSOLVED)
        .select_related("round", "facility", "merged_into")
        .annotate(closes_at=Max("round__windows__closes_at", filter=Q(round__windows__kind=WindowKind.FILING)))
        .prefetch_related(
            Prefetch("supplements", opened, to_attr="open_requests"),
            Prefetch("filings", Filing.objects.order_by("-number"), to_attr="filed_lately"),
        )
        .order_by("-round__year", "-started_at")
    )


def rounds_to_enter(facilities: Sequence[Facility]) -> list[OpenRound]:
    """Rounds that take dossiers of these facilities: the province's, and those of their communes."""
    communes = {facility.commune_code for facility in facilities if facility.commune_code}
    here = Q(level=Level.PROVINCE) | Q(level=Level.COMMUNE, area_code__in=communes)
    rounds = Round.objects.filter(here, phase__in=phases_that_grant(Capability.FILE))
    windows = Window.objects.filter(round__in=rounds, kind=WindowKind.FILING).select_related("round")
    now = transaction_time()
    return [
        OpenRound(window.round, window.opens_at, window.closes_at, _entering(window.round, facilities),
                  window.opens_at <= now < window.closes_at)
        for window in windows.order_by("closes_at")
        if now < window.closes_at
    ]  # fmt: skip


def _entering(round: Round, facilities: Sequence[Facility]) -> list[Facility]:
    if round.level != Level.COMMUNE:
        return list(facilities)
    return [facility for facility in facilities if facility.commune_code == round.area_code]


def _owned(person: Person) -> set[object]:
    agents = FacilityAgent.objects.filter(person=person, kind=AgentKind.OWNER, approved_at__isnull=False)
    return set(agents.values_list("facility_id", flat=True))


def _place(home: Home, entry: Entry, owned: set[object]) -> None:
    requests: list[Supplement] = getattr(entry, "open_requests", [])
    filings: list[Filing] = getattr(entry, "filed_lately", [])
    if entry.state == EntryState.SUPPLEMENT and requests:
        home.asked.append(Asked(entry, "supplement", requests[0].due_on))
    unconfirmed = any(filing.is_assisted and filing.owner_confirmed_at is None for filing in filings)
    is_owner = entry.facility_id in owned or entry.facility.merged_into_id in owned
    if unconfirmed and is_owner and entry.state not in OUT:
        home.asked.append(Asked(entry, "confirm"))
    if entry.state == EntryState.DRAFT and entry.round.may(Capability.FILE):
        home.drafts.append(entry)
    elif entry.submitted_at is None or entry.state in OUT:
        home.past.append(entry)
    else:
        home.filed.append(entry)
