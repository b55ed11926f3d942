"""Where the facility register shows in the main navigation."""

from django.http import HttpRequest


def may_see_facilities(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.has_perm("facilities.register.see")


def may_approve(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.has_perm("facilities.facility.approve")


def acts_for_one(request: HttpRequest) -> bool:
    """Whoever acts for a facility, or asked to."""
    if not request.user.is_authenticated:
        return False
    return bool(request.user.facilities_served.exists())  # type: ignore[union-attr]  # signed in
