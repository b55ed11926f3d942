"""Questions to outreach: which facilities fit a campaign, and how far the invited ones have come."""

from apps.outreach.queries.choosing import Candidate, Choice, choice_for
from apps.outreach.queries.tracking import counts_by_step, reminded, to_remind, tracked

__all__ = ["Candidate", "Choice", "choice_for", "counts_by_step", "reminded", "to_remind", "tracked"]
