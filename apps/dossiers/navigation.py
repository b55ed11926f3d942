"""Where the desk shows in the main navigation."""

from django.http import HttpRequest

from apps.accounts.doors import person_of
from apps.dossiers.access import has_desk


def may_open_desk(request: HttpRequest) -> bool:
    return request.user.is_authenticated and has_desk(person_of(request))
