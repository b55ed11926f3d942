"""Where the way in shows in the main navigation."""

from django.http import HttpRequest


def is_nobody_yet(request: HttpRequest) -> bool:
    return not request.user.is_authenticated
