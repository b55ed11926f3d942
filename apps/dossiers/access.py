"""Who may prepare and file a dossier, and who may see it."""

import rules
from django.db.models import Q, QuerySet

from apps.accounts.access import AUTHORITY, Hat, allow, has_tenant_wide_view, wears
from apps.accounts.models import Person
from apps.dossiers.models import Entry
from apps.facilities.access import own_family
from apps.rounds.models import Body


@rules.predicate
def is_filed(_: Person, entry: object = None) -> bool:
    """What nobody has filed yet is the facility's own business."""
    return isinstance(entry, Entry) and entry.submitted_at is not None


allow("dossiers.entry.fill", "Soạn và gửi hồ sơ của cơ sở mình", Hat.OWNER, Hat.STAFF)
allow("dossiers.entry.assist", "Soạn và gửi hồ sơ giúp cơ sở", Hat.OFFICER, Hat.COMMUNE_OFFICER)
allow("dossiers.entry.confirm", "Xác nhận hồ sơ do người khác gửi giúp", Hat.OWNER)
allow(
    "dossiers.entry.read",
    "Xem hồ sơ đã gửi",
    *AUTHORITY,
    Hat.COMMUNE_OFFICER,
    Hat.SUPPORT,
    when=is_filed,
    condition="hồ sơ đã gửi",
)


def own_entries(person: Person) -> QuerySet[Entry]:
    """The list face of `dossiers.entry.fill`: entries of the facilities that the person acts for."""
    return Entry.objects.filter(facility__in=own_family(person))


def filed_entries(person: Person) -> QuerySet[Entry]:
    """The list face of `dossiers.entry.read`; a commune officer sees the commune's own."""
    filed = Entry.objects.filter(submitted_at__isnull=False)
    if has_tenant_wide_view(person):
        return filed
    within = Q(round__appointments__person=person, round__appointments__body=Body.SUPPORT)
    if wears(person, None, Hat.COMMUNE_OFFICER):
        within |= Q(facility__commune_code=person.commune_code)
    return filed.filter(within).distinct()
