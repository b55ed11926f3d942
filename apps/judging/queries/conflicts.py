"""Who may not judge or vote on what, and the cards from which conflicts are found."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from apps.accounts.models import Person
from apps.dossiers.models import Entry
from apps.dossiers.states import EntryState
from apps.facilities.models import Facility, FacilityAgent
from apps.judging.access import BODIES
from apps.judging.detection import Firm, Member, Tie
from apps.judging.models import AffiliationKind, Conflict, Sheet
from apps.judging.states import BARRING, ConflictState, SheetState
from apps.rounds.models import Appointment, Body, Round
from apps.rounds.queries import phases_that_grant
from apps.rounds.states import Capability

Pairs = frozenset[tuple[UUID, UUID]]
# A dossier that nobody filed, or that is out of the round, is nobody's to judge.
OUT = (EntryState.DRAFT, EntryState.WITHDRAWN, EntryState.INELIGIBLE, EntryState.DISSOLVED)
AT_STAKE = frozenset({Capability.APPOINT, Capability.SCORE, Capability.RANK, Capability.SELECT})


def recused_pairs(round: Round) -> Pairs:
    """(appointment, entry) of every member who may neither score nor vote on the entry: the conflict was upheld, or
    they were recused by hand.

    Four queries, however many seats and entries. One conflict holds in every seat of the person.
    """
    return _pairs(round, frozenset({ConflictState.UPHELD}))


def barred_pairs(round: Round) -> Pairs:
    """The same with what nobody has decided yet: who is kept away from the entry today."""
    return _pairs(round, BARRING)


def is_recused(appointment: Appointment, entry: Entry) -> bool:
    """Whether the member may neither score nor vote on the entry."""
    return (appointment.pk, entry.pk) in recused_pairs(entry.round)


def undecided(round: Round, *bodies: Body) -> QuerySet[Conflict]:
    """Conflicts of the round that wait for a decision, about members of these bodies (of any)."""
    found = Conflict.objects.filter(round=round, state=ConflictState.OPEN)
    return found.filter(person__appointments__round=round, person__appointments__body__in=bodies or BODIES).distinct()


def covered_entries(conflict: Conflict) -> QuerySet[Entry]:
    """The entries of the round that the conflict is about."""
    root = conflict.facility.merged_into_id or conflict.facility_id
    found = Entry.objects.filter(Q(facility=root) | Q(facility__merged_into=root), round=conflict.round_id)
    if conflict.entry_id is None:
        return found
    own = Q(pk=conflict.entry_id) | Q(members=conflict.entry_id) | Q(merged_into=conflict.entry_id)
    return found.filter(own).distinct()


def is_revisable(round: Round) -> bool:
    """Whether an upheld conflict can still be taken back: the result does not stand on who scored yet."""
    return round.may(Capability.APPOINT) or round.may(Capability.SCORE)


def rounds_at_stake() -> QuerySet[Round]:
    """Rounds in which a conflict can still make a difference: nothing is concluded yet."""
    phases = {phase for capability in AT_STAKE for phase in phases_that_grant(capability)}
    return Round.objects.filter(phase__in=phases)


def members_of(round: Round, people: Collection[UUID] | None = None) -> list[Member]:
    """The members of council and panel as they are compared; two queries."""
    found = Person.objects.filter(appointments__round=round, appointments__body__in=BODIES).distinct()
    if people is not None:
        found = found.filter(pk__in=people)
    found = found.select_related("unit", "member_profile").prefetch_related("affiliations")
    return [_member(person) for person in found]


def firms_of(round: Round, facilities: Collection[UUID] | None = None) -> list[Firm]:
    """The facilities with entries in the round as they are compared, each with all that was merged into it; three
    queries."""
    filed = Entry.objects.filter(round=round).exclude(state__in=OUT)
    if facilities is not None:
        filed = filed.filter(Q(facility__in=facilities) | Q(facility__merged_into__in=facilities))
    dossiers: dict[UUID, list[Mapping[str, Any]]] = defaultdict(list)
    rows = filed.annotate(root=Coalesce(F("facility__merged_into"), F("facility")))
    for root, registration in rows.values_list("root", "dossier__registration"):
        dossiers[root].append(registration or {})
    family = Facility.objects.filter(Q(pk__in=dossiers) | Q(merged_into__in=dossiers))
    houses: dict[UUID, list[Facility]] = defaultdict(list)
    for facility in family:
        houses[facility.merged_into_id or facility.pk].append(facility)
    agents: dict[UUID, list[Person]] = defaultdict(list)
    serving = FacilityAgent.objects.filter(facility__in=family, refused_at=None).select_related("person", "facility")
    for agent in serving:
        agents[agent.facility.merged_into_id or agent.facility_id].append(agent.person)
    return [_firm(root, houses[root], agents[root], dossiers[root]) for root in dossiers]


def _pairs(round: Round, states: frozenset[ConflictState]) -> Pairs:
    conflicts = list(Conflict.objects.filter(round=round, state__in=states).select_related("facility", "entry"))
    recused = Sheet.objects.filter(entry__round=round, state=SheetState.RECUSED)
    by_hand = list(recused.values_list("judge__person", "entry"))
    if not conflicts and not by_hand:
        return frozenset()
    seats: dict[UUID, list[UUID]] = defaultdict(list)
    for pk, person_id in round.appointments.filter(body__in=BODIES).values_list("pk", "person_id"):
        seats[person_id].append(pk)
    entries: dict[UUID, list[Entry]] = defaultdict(list)
    for entry in Entry.objects.filter(round=round).select_related("facility"):
        entries[entry.facility.merged_into_id or entry.facility_id].append(entry)
    apart = by_hand + [
        (conflict.person_id, entry.pk)
        for conflict in conflicts
        for entry in entries[conflict.facility.merged_into_id or conflict.facility_id]
        if _covers(conflict, entry)
    ]
    return frozenset((seat, entry) for person, entry in apart for seat in seats[person])


def _covers(conflict: Conflict, entry: Entry) -> bool:
    """One of the facility's entries: `has_conflict` is the same rule in SQL."""
    if conflict.entry is None:
        return True
    return (
        entry.pk == conflict.entry_id
        or conflict.entry_id == entry.merged_into_id
        or (conflict.entry.merged_into_id == entry.pk)
    )


def _member(person: Person) -> Member:
    profile = getattr(person, "member_profile", None)
    ties = [
        Tie(one.name, one.tax_code, one.kind == AffiliationKind.ENTERPRISE, one.period)
        for one in person.affiliations.all()
    ]
    if person.unit:
        ties.append(Tie(person.unit.name))
    return Member(
        person.pk, person.full_name, person.phone, person.email, profile.address if profile else "", tuple(ties)
    )


def _firm(root: UUID, houses: list[Facility], agents: list[Person], dossiers: list[Mapping[str, Any]]) -> Firm:
    """What a dossier says of representative and telephone counts beside what the register says."""
    named = [name for f in houses for name in (f.representative, f.contact_name)] + [p.full_name for p in agents]
    reached = [f.phone for f in houses] + [p.phone for p in agents]
    return Firm(
        key=root,
        names=_known(f.name for f in houses),
        tax_codes=frozenset(f.tax_code for f in houses),
        people=_known(named + [str(d.get("representative") or "") for d in dossiers]),
        phones=_known(reached + [str(d.get("phone") or "") for d in dossiers]),
        emails=_known([f.email for f in houses] + [p.email for p in agents]),
        addresses=_known(f.address for f in houses),
        agents=frozenset(p.pk for p in agents),
    )


def _known(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(text for text in texts if text)
