"""Each request works in the tenant of its host name, from the first middleware below to the last byte."""

from collections.abc import Callable

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.http.request import split_domain_port
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import set_urlconf

from tenants.directory import directory
from tenants.models import Tenant, TenantState
from tenants.provisioning.snapshots import lacks
from tenants.provisioning.states import current_state
from tieubieu.api.problems import problem
from tieubieu.binding import PUBLIC, Scope, bound, carried, streamed
from tieubieu.pages import not_found

CLOSED = (
    "Trang của đơn vị này đang tạm ngừng. Dữ liệu vẫn còn nguyên; xin liên hệ cơ quan chủ trì để biết khi nào mở lại."
)
UPGRADING = "Hệ thống của đơn vị này đang nâng cấp. Những gì đã lưu vẫn còn; xin quay lại sau ít phút."
RETRY_AFTER_SECONDS = {CLOSED: 3600, UPGRADING: 60}

Answer = Callable[[HttpRequest], HttpResponseBase]


class TenantMiddleware:
    """Binds the scope of the host; an unknown host gets the page of everything that does not exist."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        current_state()  # read once at start, while the files are those of this process

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        host = split_domain_port(request.get_host())[0]
        if host == settings.BASE_HOST:
            return self._answer(request, PUBLIC, None)
        tenant = directory.tenant_at(host)
        if tenant is None or tenant.state == TenantState.BUILDING:
            return self._turn_away(request, not_found)
        if trouble := trouble_of(tenant):
            return self._turn_away(request, lambda asked: unavailable(asked, trouble), tenant)
        return self._answer(request, tenant.scope, tenant)

    def _answer(self, request: HttpRequest, scope: Scope, tenant: Tenant | None) -> HttpResponseBase:
        _place(request, tenant)
        with bound(scope):
            response = self.get_response(request)
        return _keep_bound(response, scope)

    def _turn_away(
        self, request: HttpRequest, page: Callable[[HttpRequest], HttpResponse], tenant: Tenant | None = None
    ) -> HttpResponse:
        _place(request, None)
        request.tenant = tenant  # type: ignore[attr-defined]
        with bound(PUBLIC):
            return page(request)


def trouble_of(tenant: Tenant) -> str:
    """Why a tenant cannot be served now, in words for whoever asks; empty when it can."""
    if tenant.state == TenantState.SUSPENDED:
        return CLOSED
    return UPGRADING if lacks(tenant.schema_state) else ""


def unavailable(request: HttpRequest, words: str) -> HttpResponse:
    """Answer 503 in the form the asker reads."""
    if request.path.startswith("/api/"):
        body = problem(503, [{"code": "unavailable", "detail": words, "pointer": None}])
        response: HttpResponse = JsonResponse(body, status=503, content_type="application/problem+json")
    else:
        response = render(request, "tenants/unavailable.html", {"words": words}, status=503)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS[words])
    return response


def _place(request: HttpRequest, tenant: Tenant | None) -> None:
    request.tenant = tenant  # type: ignore[attr-defined]
    request.urlconf = settings.ROOT_URLCONF if tenant else settings.PUBLIC_SCHEMA_URLCONF
    if tenant is None:
        # Sessions live in the tenants' schemas; on the public host there is none to look up.
        request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
    set_urlconf(request.urlconf)


def _keep_bound(response: HttpResponseBase, scope: Scope) -> HttpResponseBase:
    """A streamed answer is made after this middleware has left the binding; each part and the end enter it again.

    A file already open needs no tenant any more.
    """
    if response.streaming and not isinstance(response, FileResponse):
        response.streaming_content = streamed(scope, response.streaming_content)  # type: ignore[attr-defined]
        with bound(scope):
            response.close = carried(response.close)  # type: ignore[method-assign]
    return response
