"""Where the way in shows in the main navigation."""

from django.http import HttpRequest


def is_nobody_yet(request: HttpRequest) -> bool:
    return not request.user.is_authenticated


def may_set_policy(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.has_perm("accounts.policy.set")
