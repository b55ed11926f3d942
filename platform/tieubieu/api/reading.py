"""Plain views that programs only read."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from tieubieu.pages import answer

READING = ("GET", "HEAD", "OPTIONS")


def read_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer anything but reading with a problem document; without a session there is nothing to forge."""

    @csrf_exempt
    @wraps(view)
    def reading(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method in READING:
            return view(request, *args, **kwargs)
        refused = answer(request, 405)
        refused["Allow"] = ", ".join(READING)
        return refused

    return reading
