"""Where the inbox shows in the main navigation."""

from django.http import HttpRequest

from tieubieu.binding import current


def is_the_nations_staff(request: HttpRequest) -> bool:
    """Only the national tenant has somebody below it."""
    return (
        current().kind == "national"
        and request.user.is_authenticated
        and request.user.has_perm("nominations.inbox.see")
    )
