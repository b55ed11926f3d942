"""Who may see the inbox and take packets in."""

import rules

from apps.accounts.models import Person
from apps.rounds.access import is_officer, is_staff_of_the_authority
from tieubieu.binding import current


@rules.predicate
def has_somebody_below(person: Person, _: object = None) -> bool:
    """Packets come from below; a province has no inbox at all."""
    return current().kind == "national"


rules.add_perm("nominations.inbox.see", has_somebody_below & is_staff_of_the_authority)
rules.add_perm("nominations.packet.accept", has_somebody_below & is_officer)
