"""Where what is marked anew shows in the main navigation."""

from django.http import HttpRequest

from apps.accounts.doors import person_of
from apps.rounds.access import duties_of

REVIEWS = "recognition.reviews"


def has_reviews(request: HttpRequest) -> bool:
    """Only members to whom something was given after a complaint have it to look for."""
    return request.user.is_authenticated and REVIEWS in duties_of(person_of(request))
