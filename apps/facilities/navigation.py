"""Where the facility register shows in the main navigation."""

from django.http import HttpRequest


def may_see_facilities(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.has_perm("facilities.register.see")


def may_approve(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.has_perm("facilities.facility.approve")


def acts_for_one(request: HttpRequest) -> bool:
    """Whoever acts for a facility, or asked to. Officials keep the register instead, and are not asked about."""
    if not request.user.is_authenticated or request.user.roles():
        return False
    return request.user.facilities_served.exists()
