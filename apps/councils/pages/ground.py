"""What every page of a session asks first."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from apps.accounts.doors import must_see, person_of
from apps.rounds.access import visible_rounds
from apps.rounds.models import Round


def round_here(request: HttpRequest, code: str) -> Round:
    """A round whose session this person may follow; anything else is the same 404 as none."""
    round = get_object_or_404(visible_rounds(person_of(request)), code=code)
    must_see(request, "councils.session.see", round)
    return round
