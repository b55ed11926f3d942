"""An API client may read what its token's scopes name; tokens live in the tenant's own schema."""

from typing import Any

from oauth2_provider.contrib.rest_framework import TokenHasScope
from rest_framework.request import Request


class HasScope(TokenHasScope):  # type: ignore[misc]
    """Each view names its scopes in `required_scopes`; a view that names none is closed."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if not getattr(view, "required_scopes", None):
            return False
        return bool(super().has_permission(request, view))
