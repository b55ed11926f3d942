"""Questions to rounds: lists of them, their windows and days, what still stands in the way, who does what by when."""

from apps.rounds.queries.lists import announced_now, announced_rounds, phases_that_grant, published_rounds
from apps.rounds.queries.windows import filing_closes_at, filing_grace, window_of

__all__ = [
    "announced_now",
    "announced_rounds",
    "filing_closes_at",
    "filing_grace",
    "phases_that_grant",
    "published_rounds",
    "window_of",
]
