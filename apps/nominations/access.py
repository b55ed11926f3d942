"""Who may see the inbox and take packets in."""

import rules

from apps.accounts.access import AUTHORITY, Hat, allow
from apps.accounts.models import Person
from tieubieu.binding import current


@rules.predicate
def has_somebody_below(person: Person, _: object = None) -> bool:
    """Packets come from below; a province has no inbox at all."""
    return current().kind == "national"


NATIONAL = "chỉ ở đơn vị Trung ương"
allow("nominations.inbox.see", "Xem hộp nhận đề cử", *AUTHORITY, when=has_somebody_below, condition=NATIONAL)
allow("nominations.packet.accept", "Tiếp nhận gói đề cử", Hat.OFFICER, when=has_somebody_below, condition=NATIONAL)
