"""What no address may hold: a NUL, which no column of the database keeps and no name contains."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from tieubieu.pages import bad_request


class NoNulMiddleware:
    """Answer 400 before a page asks the database for a text that cannot be there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return bad_request(request)
        return self.get_response(request)
