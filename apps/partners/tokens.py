"""`/api/v1/token/`: OAuth 2.0 client credentials (RFC 6749 §4.4) and no other grant."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from oauth2_provider.oauth2_validators import OAuth2Validator
from oauth2_provider.views import TokenView
from oauthlib.oauth2 import BackendApplicationServer  # type: ignore[import-untyped]

from apps.partners.models import ClientScope
from tieubieu.pages import answer

GRANT = "client_credentials"


class ScopesOfTheClient(OAuth2Validator):  # type: ignore[misc]
    """A client asks for what it was given, or for less; asking for nothing in particular means all of it."""

    def validate_scopes(self, client_id: str, scopes: list[str], client: Any, request: Any, *a: Any, **kw: Any) -> bool:
        return bool(scopes) and set(scopes) <= _scopes_of(client)

    def get_default_scopes(self, client_id: str, request: Any, *args: Any, **kwargs: Any) -> list[str]:
        return sorted(_scopes_of(request.client))


class Token(TokenView):  # type: ignore[misc]
    """Errors of this address have OAuth's own form, as its programs expect."""

    server_class = BackendApplicationServer
    validator_class = ScopesOfTheClient
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("grant_type") != GRANT:
            return JsonResponse({"error": "unsupported_grant_type"}, status=400)
        return self.authorization_flow_token_response(request)  # type: ignore[no-any-return]

    def http_method_not_allowed(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        refused = answer(request, 405)
        refused["Allow"] = "POST, OPTIONS"
        return refused


def _scopes_of(client: Any) -> set[str]:
    return set(ClientScope.objects.filter(client=client).values_list("scope", flat=True))
