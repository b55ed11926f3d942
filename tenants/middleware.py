"""From the host name to the tenant: bind it for the request, or say plainly why not."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.request import split_domain_port

from tenants.directory import directory
from tenants.models import Tenant, TenantState
from tenants.provisioning.states import current_state
from tieubieu.binding import PUBLIC, Scope, bound, streamed
from tieubieu.pages import answer

SUSPENDED = (
    "Trang của đơn vị này đang tạm ngừng. Xin liên hệ Sở Công Thương hoặc đơn vị vận hành để biết thời điểm mở lại."
)
BEHIND = "Hệ thống đang được nâng cấp cho đơn vị này. Xin quay lại sau ít phút; những gì đã lưu vẫn còn."


class TenantMiddleware:
    """Binds the scope before anything else touches data, and unbinds it when the answer is complete."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        host = _host(request)
        if host == settings.BASE_HOST:
            return self._served(request, PUBLIC, settings.PUBLIC_SCHEMA_URLCONF)
        tenant = directory.tenant_at(host)
        if tenant is None or tenant.state == TenantState.BUILDING:
            return _told(request, 404)
        refusal = _refusal(tenant)
        if refusal:
            return _told(request, 503, refusal)
        request.tenant = tenant  # type: ignore[attr-defined]
        return self._served(request, tenant.scope, settings.ROOT_URLCONF)

    def _served(self, request: HttpRequest, scope: Scope, urlconf: str) -> HttpResponseBase:
        request.urlconf = urlconf  # type: ignore[attr-defined]
        with bound(scope):
            response = self.get_response(request)
        if getattr(response, "streaming", False):
            response.streaming_content = streamed(scope, response.streaming_content)  # type: ignore[attr-defined]
        return response


def _host(request: HttpRequest) -> str:
    return split_domain_port(request.get_host())[0].rstrip(".").lower()


def _refusal(tenant: Tenant) -> str:
    if tenant.state == TenantState.SUSPENDED:
        return SUSPENDED
    return "" if tenant.schema_state == current_state() else BEHIND


def _told(request: HttpRequest, status: int, message: str = "") -> HttpResponse:
    with bound(PUBLIC):
        request.urlconf = settings.PUBLIC_SCHEMA_URLCONF  # type: ignore[attr-defined]
        return answer(request, status, message)
