"""Who may see the inbox and take packets in."""

import rules

from apps.rounds.access import is_officer, is_staff_of_the_authority

rules.add_perm("nominations.inbox.see", is_staff_of_the_authority)
rules.add_perm("nominations.packet.accept", is_officer)
