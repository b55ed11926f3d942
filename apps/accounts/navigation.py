"""Where the way in and the people show in the main navigation."""

from django.http import HttpRequest


def may_see_people(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.has_perm("accounts.people.see")


def may_only_see_roles(request: HttpRequest) -> bool:
    """Whoever sees the people finds the roles there."""
    user = request.user
    return user.is_authenticated and user.has_perm("accounts.roles.see") and not may_see_people(request)


def is_nobody_yet(request: HttpRequest) -> bool:
    return not request.user.is_authenticated


def may_set_policy(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.has_perm("accounts.policy.set")
