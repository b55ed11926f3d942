"""Where a page stands: the province of this host, today."""

from django.http import HttpRequest

from apps.facilities.queries import Ground, ground


def province_code_of(request: HttpRequest) -> str:
    """The province of the tenant whose host was asked; "" in the ministry."""
    return str(getattr(request, "tenant").province_code)  # noqa: B009 - the middleware put it there


def ground_of(request: HttpRequest) -> Ground:
    """The law and the map of today for this host's province."""
    return ground(province_code_of(request))
