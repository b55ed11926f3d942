"""Who may see and keep the facility register, and who acts for a facility."""

from django.db.models import QuerySet

from apps.accounts.access import AUTHORITY, Hat, allow, has_tenant_wide_view, wear, wears
from apps.accounts.models import Person
from apps.facilities.models import AgentKind, Facility, FacilityAgent


def _acts_for(person: Person, subject: object, *kinds: AgentKind) -> bool:
    """An agent acts for a facility once somebody approved it; without a subject, for any of theirs."""
    agencies = FacilityAgent.objects.filter(person=person, kind__in=kinds, approved_at__isnull=False)
    facility = facility_of(subject)
    if facility is not None:
        return agencies.filter(facility=facility).exists()
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


allow("facilities.facility.see", "Xem danh sách cơ sở", *AUTHORITY, Hat.COMMUNE_OFFICER)
allow("facilities.facility.import", "Nhập cơ sở từ bảng tính", Hat.OFFICER)


def visible_facilities(person: Person) -> QuerySet[Facility]:
    """The list face of `facilities.facility.see`: a commune officer sees the commune's own."""
    if has_tenant_wide_view(person):
        return Facility.objects.all()
    if wears(person, None, Hat.COMMUNE_OFFICER):
        return Facility.objects.filter(commune_code=person.commune_code)
    return Facility.objects.none()


def own_facilities(person: Person) -> QuerySet[Facility]:
    """The facilities that the person may act for."""
    return Facility.objects.filter(agents__person=person, agents__approved_at__isnull=False).distinct()
