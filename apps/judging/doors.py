"""Pages of one round's scoring: which round, and whether it exists for this person."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from apps.accounts.doors import must_see, person_of
from apps.rounds.access import visible_rounds


def of_a_round(permission: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """`code` becomes the round; the same 404 as for none when the person may not see it."""

    def door(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, code: str, *args: Any, **kwargs: Any) -> HttpResponse:
            round = get_object_or_404(visible_rounds(person_of(request)), code=code)
            must_see(request, permission, round)
            return view(request, round, *args, **kwargs)

        return guarded

    return door
