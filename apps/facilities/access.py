"""Who may see and keep the facility register, and who acts for a facility."""

import rules
from django.db.models import Q, QuerySet

from apps.accounts.access import AUTHORITY, Hat, allow, has_tenant_wide_view, wear, wears
from apps.accounts.models import Person
from apps.facilities.models import AgentKind, Facility, FacilityAgent
from apps.facilities.states import OPEN_TO_ITS_OWNER


def _acts_for(person: Person, subject: object, *kinds: AgentKind) -> bool:
    """An agent acts for a facility once somebody approved it, and for all that was merged into it; without a
    subject, for any of theirs."""
    agencies = FacilityAgent.objects.filter(person=person, kind__in=kinds, approved_at__isnull=False)
    facility = facility_of(subject)
    if facility is not None:
        return agencies.filter(facility__in=[facility.pk, facility.merged_into_id or facility.pk]).exists()
    return subject is None and agencies.exists()


def facility_of(subject: object) -> Facility | None:
    """The facility that a subject is, or belongs to."""
    return subject if isinstance(subject, Facility) else getattr(subject, "facility", None)


@wear(Hat.OWNER)
def owns(person: Person, subject: object = None) -> bool:
    return _acts_for(person, subject, AgentKind.OWNER)


@wear(Hat.STAFF)
def works_for(person: Person, subject: object = None) -> bool:
    return _acts_for(person, subject, AgentKind.STAFF)


@rules.predicate
def is_only_proposed(_: Person, subject: object = None) -> bool:
    facility = facility_of(subject)
    return facility is None or facility.standing in OPEN_TO_ITS_OWNER


KEEPERS = (Hat.OFFICER, Hat.COMMUNE_OFFICER)
AGENTS = (Hat.OWNER, Hat.STAFF)

allow("facilities.register.see", "Xem danh sách cơ sở", *AUTHORITY, Hat.COMMUNE_OFFICER)
allow("facilities.facility.see", "Xem thông tin một cơ sở", *AUTHORITY, Hat.COMMUNE_OFFICER, *AGENTS)
allow("facilities.facility.register", "Ghi cơ sở mới vào danh sách", *KEEPERS)
allow("facilities.facility.edit", "Sửa thông tin cơ sở", *KEEPERS)
allow("facilities.facility.import", "Nhập cơ sở từ bảng tính", Hat.OFFICER)
allow("facilities.facility.approve", "Duyệt cơ sở tự đăng ký", *KEEPERS)
allow("facilities.facility.merge", "Đối chiếu và gộp cơ sở trùng", Hat.OFFICER)
allow(
    "facilities.proposal.edit",
    "Sửa thông tin cơ sở mình vừa đăng ký",
    Hat.OWNER,
    when=is_only_proposed,
    condition="cơ sở chưa được duyệt vào danh sách",
)
allow("facilities.contact.edit", "Sửa địa chỉ, liên hệ của cơ sở mình", *AGENTS)
allow("facilities.figures.enter", "Ghi số liệu hằng năm của cơ sở", *KEEPERS, *AGENTS)
allow("facilities.village.see", "Xem danh sách làng nghề được công nhận", *AUTHORITY, Hat.COMMUNE_OFFICER)
allow("facilities.village.keep", "Ghi và sửa danh sách làng nghề được công nhận", Hat.OFFICER)
allow("facilities.limits.see", "Xem mức quy mô doanh nghiệp", *AUTHORITY, Hat.COMMUNE_OFFICER)
allow("facilities.limits.keep", "Ghi, xác nhận mức quy mô doanh nghiệp", Hat.ADMINISTRATOR, Hat.OFFICER)
allow("facilities.agent.approve", "Duyệt người làm thay cơ sở", *KEEPERS, Hat.OWNER)
allow("facilities.agent.invite", "Mời người làm thay cơ sở", *KEEPERS, Hat.OWNER)


def visible_facilities(person: Person) -> QuerySet[Facility]:
    """The list face of `facilities.register.see`: a commune officer sees the commune's own."""
    if has_tenant_wide_view(person):
        return Facility.objects.all()
    if wears(person, None, Hat.COMMUNE_OFFICER):
        return Facility.objects.filter(commune_code=person.commune_code)
    return Facility.objects.none()


def own_facilities(person: Person) -> QuerySet[Facility]:
    """The facilities that the person may act for today."""
    return Facility.objects.filter(
        agents__person=person, agents__approved_at__isnull=False, merged_into__isnull=True
    ).distinct()


def own_family(person: Person) -> QuerySet[Facility]:
    """Those, and what was merged into them: what older rows of theirs may point to."""
    own = FacilityAgent.objects.filter(person=person, approved_at__isnull=False).values("facility")
    return Facility.objects.filter(Q(pk__in=own) | Q(merged_into__in=own))


def agencies_told(person: Person) -> tuple[bool, bool]:
    """Whether the person acts for a facility, and whether they do or asked to: read once per instance, for it stands
    on every page. People with an office are not asked about."""
    if person.roles():
        return False, False
    if not hasattr(person, "_agencies_told"):
        approved = list(person.facilities_served.values_list("approved_at", flat=True))
        person._agencies_told = any(approved), bool(approved)  # type: ignore[attr-defined]
    return person._agencies_told  # type: ignore[attr-defined, no-any-return]
