"""Where rounds show in the main navigation."""

from django.http import HttpRequest


def answers_for_rounds(request: HttpRequest) -> bool:
    """Officials; whoever only sits in a round finds it on the front page."""
    return request.user.is_authenticated and request.user.has_perm("rounds.setup.see", None)
