"""Where the judge's sheets show in the main navigation."""

from django.http import HttpRequest

from apps.accounts.doors import person_of
from apps.judging.access import BODIES
from apps.rounds.access import bodies_of


def has_sheets(request: HttpRequest) -> bool:
    """Only people who were appointed to something have sheets to look for."""
    return request.user.is_authenticated and bool(bodies_of(person_of(request)))


def sits_in_judgment(request: HttpRequest) -> bool:
    """Members of a council or panel declare where they are not free."""
    return request.user.is_authenticated and not bodies_of(person_of(request)).isdisjoint(BODIES)
