"""Where the judge's sheets show in the main navigation."""

from django.http import HttpRequest


def has_sheets(request: HttpRequest) -> bool:
    """Only people who were appointed to something have sheets to look for."""
    return request.user.is_authenticated and request.user.appointments.exists()
