"""Where the facility register shows in the main navigation."""

from django.http import HttpRequest


def may_see_facilities(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.has_perm("facilities.register.see")
