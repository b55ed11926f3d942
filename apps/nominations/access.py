"""Who may see the inbox and take packets in, and who proposes for a commune."""

import rules
from django.db.models import QuerySet

from apps.accounts.access import AUTHORITY, Hat, allow, has_tenant_wide_view, wears
from apps.accounts.models import Person
from apps.nominations.models import Proposal
from tieubieu.binding import current


@rules.predicate
def has_somebody_below(person: Person, _: object = None) -> bool:
    """Packets come from below; a province has no inbox at all."""
    return current().kind == "national"


NATIONAL = "chỉ ở đơn vị Trung ương"
allow("nominations.inbox.see", "Xem hộp nhận đề cử", *AUTHORITY, when=has_somebody_below, condition=NATIONAL)
allow("nominations.packet.accept", "Tiếp nhận gói đề cử", Hat.OFFICER, when=has_somebody_below, condition=NATIONAL)


@rules.predicate
def has_communes_below(person: Person, _: object = None) -> bool:
    """Only a province has communes that propose."""
    return current().kind == "province"


PROVINCIAL = "chỉ ở đơn vị cấp tỉnh"
allow(
    "nominations.proposal.see",
    "Xem văn bản đề nghị của xã",
    *AUTHORITY,
    Hat.COMMUNE_OFFICER,
    when=has_communes_below,
    condition=PROVINCIAL,
)
allow(
    "nominations.proposal.write",
    "Lập và gửi văn bản đề nghị của xã",
    Hat.OFFICER,
    Hat.COMMUNE_OFFICER,
    when=has_communes_below,
    condition=PROVINCIAL,
)


def visible_proposals(person: Person) -> QuerySet[Proposal]:
    """The list face of `nominations.proposal.see`: a commune's officer sees the commune's own."""
    if has_tenant_wide_view(person):
        return Proposal.objects.all()
    if wears(person, None, Hat.COMMUNE_OFFICER):
        return Proposal.objects.filter(commune_code=person.commune_code)
    return Proposal.objects.none()
