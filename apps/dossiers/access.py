"""Who may prepare and file a dossier, who may see it, and who screens it."""

import rules
from django.db.models import Q, QuerySet

from apps.accounts.access import AUTHORITY, Hat, allow, has_tenant_wide_view, wears
from apps.accounts.models import Person
from apps.dossiers.models import Entry
from apps.facilities.access import own_family, visible_facilities
from apps.rounds.access import bodies_of, round_of
from apps.rounds.models import Body, Round


@rules.predicate
def is_filed(_: Person, entry: object = None) -> bool:
    """What nobody has filed yet is the facility's own business."""
    return isinstance(entry, Entry) and entry.submitted_at is not None


@rules.predicate
def is_help(_: Person, subject: object = None) -> bool:
    """What a facility began by itself is its own business; helping begins with the first word."""
    return not isinstance(subject, Entry) or subject.is_assisted


allow("dossiers.entry.fill", "Soạn và gửi hồ sơ của cơ sở mình", Hat.OWNER, Hat.STAFF)
HELPERS = (Hat.OFFICER, Hat.COMMUNE_OFFICER)

allow(
    "dossiers.entry.assist",
    "Soạn và gửi hồ sơ giúp cơ sở",
    *HELPERS,
    when=is_help,
    condition="hồ sơ do cán bộ soạn giúp từ đầu",
)
allow("dossiers.form.edit", "Thêm ô, đổi mẫu hồ sơ của tỉnh", Hat.ADMINISTRATOR, Hat.OFFICER)
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


def assisted_entries(person: Person) -> QuerySet[Entry]:
    """The list face of `dossiers.entry.assist`."""
    if not wears(person, None, *HELPERS):
        return Entry.objects.none()
    return Entry.objects.filter(is_assisted=True, facility__in=visible_facilities(person))


def filed_entries(person: Person) -> QuerySet[Entry]:
    """The list face of `dossiers.entry.read`; a commune officer sees the commune's own."""
    filed = Entry.objects.filter(submitted_at__isnull=False)
    if has_tenant_wide_view(person):
        return filed
    within = Q(round__appointments__person=person, round__appointments__body=Body.SUPPORT)
    if wears(person, None, Hat.COMMUNE_OFFICER):
        within |= Q(facility__commune_code=person.commune_code)
    return filed.filter(within).distinct()


@rules.predicate
def is_of_own_level(person: Person, subject: object = None) -> bool:
    """A commune officer looks into the province's round but screens only the round that the commune itself holds."""
    return wears(person, subject, Hat.OFFICER, Hat.SUPPORT) or wears(person, round_of(subject), Hat.COMMUNE_OFFICER)


OWN_LEVEL = "cán bộ cấp xã: kỳ do xã mình tổ chức"

allow("dossiers.desk.see", "Xem bàn kiểm tra hồ sơ", *AUTHORITY, Hat.COMMUNE_OFFICER, Hat.SUPPORT)
allow(
    "dossiers.entry.screen",
    "Kiểm tra hồ sơ, yêu cầu bổ sung, kết luận",
    Hat.OFFICER,
    Hat.COMMUNE_OFFICER,
    Hat.SUPPORT,
    when=is_of_own_level,
    condition=OWN_LEVEL,
)
allow(
    "dossiers.entry.assign",
    "Giao hồ sơ cho người kiểm tra",
    Hat.OFFICER,
    Hat.COMMUNE_OFFICER,
    when=is_of_own_level,
    condition=OWN_LEVEL,
)
allow(
    "dossiers.entry.merge",
    "Gộp hồ sơ thành bộ sản phẩm, tách bộ",
    Hat.OFFICER,
    Hat.COMMUNE_OFFICER,
    when=is_of_own_level,
    condition=OWN_LEVEL,
)


def has_desk(person: Person) -> bool:
    """Whether the person sees the desk at all; a member of a support team sees it for the round they help."""
    if person.has_perm("dossiers.desk.see"):
        return True
    if Body.SUPPORT not in bodies_of(person):
        return False
    helped = Round.objects.filter(appointments__person=person, appointments__body=Body.SUPPORT).first()
    return helped is not None and person.has_perm("dossiers.desk.see", helped)
