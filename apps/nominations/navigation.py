"""Where the inbox shows in the main navigation."""

from django.http import HttpRequest


def is_the_nations_staff(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.has_perm("nominations.inbox.see")


def may_see_proposals(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.has_perm("nominations.proposal.see", None)
