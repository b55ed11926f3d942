"""How a page asks who is there: sign in first, and 404 for what this person may not see."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from apps.accounts.models import Person
from tieubieu.errors import NotAllowed


def person_of(request: HttpRequest) -> Person:
    """The signed-in person; only for views behind `login_required`."""
    person = request.user
    assert isinstance(person, Person)
    return person


def must_see(request: HttpRequest, permission: str, subject: Any) -> None:
    """Raise the same 404 as for what does not exist."""
    if not request.user.is_authenticated or not person_of(request).has_perm(permission, subject):
        raise Http404


def must_do(request: HttpRequest, permission: str, subject: Any = None) -> None:
    """Raise 403 for what the person may see but not do."""
    if not person_of(request).has_perm(permission, subject):
        raise NotAllowed("Tài khoản này không được làm việc đó; việc này thuộc người có vai trò khác.")


def officials_only(permission: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A page that exists only for people with a tenant-wide permission."""

    def door(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            must_see(request, permission, None)
            return view(request, *args, **kwargs)

        return guarded

    return door
