"""What can go wrong in the business, told in Vietnamese, and how the pages say it."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

log = logging.getLogger(__name__)


class DomainError(Exception):
    """A rule stood in the way. `message` says what to do; `facts` name the values involved."""

    status = 422
    code = "rule"
    page = "422.html"

    def __init__(self, message: str, **facts: object) -> None:
        super().__init__(message)
        self.message = message
        self.facts = facts


class WrongState(DomainError):
    """The thing is in a state in which this cannot be done (HTTP 409)."""

    status = 409
    code = "wrong_state"
    page = "409.html"


class NotAllowed(DomainError):
    """The person may see the thing but not do this (HTTP 403)."""

    status = 403
    code = "not_allowed"


class KeptIsLost(DomainError):
    """What was kept cannot be read back until an operator restores it from a backup (HTTP 503)."""

    status = 503
    code = "kept_is_lost"
    page = "kept_is_lost.html"


class DomainErrorMiddleware:
    """Turn a `DomainError` that a page let through into a plain page with its status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, DomainError):
            return None
        if isinstance(exception, KeptIsLost):
            log.error("%s: %s", exception.code, exception.facts)
        return render(request, exception.page, {"message": exception.message}, status=exception.status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form went stale, without the framework's technical page."""
    return render(request, "403.html", {"message": STALE_FORM}, status=403)


STALE_FORM = "Phiên làm việc trên trang này đã cũ. Xin tải lại trang rồi gửi lại; những gì đã lưu vẫn còn."
