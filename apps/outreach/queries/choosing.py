"""Which facilities fit, and why: a fixed number of questions for one facility or for thousands."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Max, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from apps.dossiers.models import Entry
from apps.dossiers.states import EntryState
from apps.facilities.models import Facility, FacilityAgent, FacilityYear, Standing
from apps.facilities.queries import ground
from apps.outreach.criteria import Criteria, Reason
from apps.outreach.models import Invitation
from apps.recognition.models import Certificate
from apps.recognition.states import CertificateState
from apps.rounds.models import Round
from tieubieu.ui.words import day, number

ENDS_WITHIN = timedelta(days=365)
GONE = (EntryState.WITHDRAWN, EntryState.DISSOLVED)
# What a row says of a merged facility is said of the one that stands for it today.
STANDS_FOR = Coalesce("facility__merged_into_id", "facility_id")


@dataclass(frozen=True)
class Candidate:
    """`address` is the facility's own, else that of somebody who acts for it."""

    facility: Facility
    reasons: list[str]
    address: str


@dataclass
class Choice:
    """`considered` = fitting + left out by hand + entered already + invited already, always."""

    fitting: list[Candidate] = field(default_factory=list)
    left_out: list[Candidate] = field(default_factory=list)
    entered: int = 0
    invited: int = 0

    @property
    def considered(self) -> int:
        return len(self.fitting) + len(self.left_out) + self.entered + self.invited

    @property
    def with_address(self) -> int:
        return sum(1 for candidate in self.fitting if candidate.address)


@dataclass(frozen=True)
class Facts:
    """What the whole province's rows say, by facility."""

    today: date
    has_entered: Collection[UUID]
    certified_until: dict[UUID, date]
    exported: dict[UUID, tuple[int, Decimal]]


def choice_for(round: Round, criteria: Criteria, *, province_code: str, left_out: Collection[str] = ()) -> Choice:
    """The register sorted by the criteria for this round: only facilities that are eligible under its own rules."""
    facts = _facts(timezone.localdate())
    in_round = _facilities_of(Entry.objects.filter(round=round).exclude(state__in=GONE))
    invited = _facilities_of(Invitation.objects.filter(campaign__round=round))
    agents = _addresses_of_agents()
    choice = Choice()
    for facility in _register(round, criteria, province_code):
        reasons = reasons_of(facility, criteria, facts)
        if not reasons:
            continue
        if facility.pk in in_round:
            choice.entered += 1
        elif facility.pk in invited:
            choice.invited += 1
        else:
            side = choice.left_out if str(facility.pk) in left_out else choice.fitting
            side.append(Candidate(facility, reasons, facility.email or agents.get(facility.pk, "")))
    return choice


def reasons_of(facility: Facility, criteria: Criteria, facts: Facts) -> list[str]:
    """The sentences that hold for the facility among the chosen reasons; nothing when none of them does."""
    if not criteria.reasons:
        return ["Có trong danh sách cơ sở"]
    found = [TELLERS[Reason(reason)](facility, facts) for reason in criteria.reasons]
    return [sentence for sentence in found if sentence]


def _never_entered(facility: Facility, facts: Facts) -> str:
    is_known = facility.pk in facts.has_entered or facility.pk in facts.certified_until
    return "" if is_known else "Chưa từng dự bình chọn"


def _certificate_ends(facility: Facility, facts: Facts) -> str:
    until = facts.certified_until.get(facility.pk)
    if until is None or until > facts.today + ENDS_WITHIN:
        return ""
    verb = "đã hết hạn" if until < facts.today else "sẽ hết hạn"
    return f"Giấy chứng nhận {verb} ngày {day(until)}"


def _exports(facility: Facility, facts: Facts) -> str:
    year, value = facts.exported.get(facility.pk, (0, Decimal()))
    return f"Xuất khẩu {number(value)} triệu đồng năm {year}" if value > 0 else ""


def _craft_village(facility: Facility, facts: Facts) -> str:
    village = facility.craft_village
    return f"Thuộc làng nghề {village.name}" if village and village.is_recognised(facts.today) else ""


TELLERS: dict[Reason, Callable[[Facility, Facts], str]] = {
    Reason.NEVER_ENTERED: _never_entered,
    Reason.CERTIFICATE_ENDS: _certificate_ends,
    Reason.EXPORTS: _exports,
    Reason.CRAFT_VILLAGE: _craft_village,
}


def _register(round: Round, criteria: Criteria, province_code: str) -> QuerySet[Facility]:
    law = round.rules.get("eligibility")
    found = Facility.objects.filter(ground(province_code, law=law).eligible(), standing=Standing.REGISTERED)
    if round.commune_code:
        found = found.filter(commune_code=round.commune_code)
    if criteria.communes:
        found = found.filter(commune_code__in=criteria.communes)
    if criteria.kinds:
        found = found.filter(kind__in=criteria.kinds)
    if criteria.groups:
        groups = Q(products__group__in=criteria.groups) | Q(merged_from__products__group__in=criteria.groups)
        found = found.filter(groups).distinct()
    return found.select_related("craft_village")


def _facts(today: date) -> Facts:
    held = Certificate.objects.filter(facility__isnull=False, state=CertificateState.VALID)
    until = held.values(maker=STANDS_FOR).annotate(until=Max("valid_until")).values_list("maker", "until")
    latest = (
        FacilityYear.objects.filter(exports__isnull=False)
        .annotate(maker=STANDS_FOR)
        .order_by("maker", "-year", "-exports")
        .distinct("maker")
        .values_list("maker", "year", "exports")
    )
    return Facts(
        today=today,
        has_entered=_facilities_of(Entry.objects.filter(submitted_at__isnull=False)),
        certified_until=dict(until),
        exported={maker: (year, exports) for maker, year, exports in latest if exports is not None},
    )


def _addresses_of_agents() -> dict[UUID, str]:
    """One address for each facility: the owner's before others'."""
    agents = FacilityAgent.objects.filter(approved_at__isnull=False, person__is_active=True).exclude(person__email="")
    found = agents.order_by("-kind", "-approved_at").values_list("facility_id", "person__email")
    return dict(found)


def _facilities_of(rows: QuerySet[Entry] | QuerySet[Invitation]) -> set[UUID]:
    return set(rows.order_by().values_list(STANDS_FOR, flat=True).distinct())
