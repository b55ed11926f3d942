"""What is read from a request before any page: texts without NUL, and where the visitor stands."""

import json
from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.http.request import RawPostDataException

from tieubieu.pages import bad_request


def client_address(request: HttpRequest) -> str:
    """The visitor's network address, as the outermost of our own proxies saw it.

    Each proxy appends to `X-Forwarded-For` whom it was called by, so only the last entries are ours: with n trusted
    proxies the n-th from the right. What stands left of it was written by the caller.
    """
    peer = str(request.META.get("REMOTE_ADDR", ""))
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if not 0 < settings.TRUSTED_PROXIES <= len(forwarded):
        return peer
    seen = forwarded[-settings.TRUSTED_PROXIES].strip()
    return seen if _is_address(seen) else peer


def json_of(request: HttpRequest) -> Any:
    """The JSON value that a script of ours sent; `ValueError` when a form or something else came in its place."""
    try:
        return json.loads(request.body)
    except RawPostDataException as form:
        raise ValueError("a form was sent where JSON is expected") from form


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


class NoNulMiddleware:
    """No page meets NUL, which no text of the database can hold: an address with it is answered 400.

    In a form it is left out, for nobody types it and the rest of what was typed is worth keeping.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return bad_request(request)
        if request.method == "POST":
            _leave_nul_out(request)
        return self.get_response(request)


def _leave_nul_out(request: HttpRequest) -> None:
    with suppress(UnreadablePostError):  # whoever sent it is gone; the page will find out
        if any("\0" in text for _, texts in request.POST.lists() for text in texts):
            kept = QueryDict(mutable=True, encoding=request.POST.encoding)
            for name, texts in request.POST.lists():
                kept.setlist(name.replace("\0", ""), [text.replace("\0", "") for text in texts])
            kept._mutable = False
            request.POST = kept  # type: ignore[assignment]
