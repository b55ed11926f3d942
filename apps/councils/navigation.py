"""Where the sessions show in the main navigation."""

from django.http import HttpRequest

from apps.accounts.doors import person_of
from apps.rounds.access import bodies_of
from apps.rounds.models import Body


def sits_on_a_council(request: HttpRequest) -> bool:
    return request.user.is_authenticated and Body.COUNCIL.value in bodies_of(person_of(request))
