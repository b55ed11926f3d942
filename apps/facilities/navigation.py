"""Where the facility register shows in the main navigation."""

from django.http import HttpRequest


def may_see_facilities(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.has_perm("facilities.register.see")


def may_approve(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.has_perm("facilities.facility.approve")


def acts_for_one(request: HttpRequest) -> bool:
    """Whoever acts for a facility, or asked to; officials keep the register instead."""
    # Late: this module is read before there are models.
    from apps.facilities.access import agencies_told

    return request.user.is_authenticated and agencies_told(request.user)[1]
