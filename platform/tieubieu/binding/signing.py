"""Signed values that only the tenant that signed them can read back."""

from datetime import timedelta
from typing import Any

from django.core import signing

from tieubieu.binding.scope import Scope, current

BadSignature = signing.BadSignature
SignatureExpired = signing.SignatureExpired


def sign(purpose: str, value: Any) -> str:
    """Sign a JSON value for one purpose of the bound tenant; safe in a URL. Raises `NoTenantBound`."""
    return signing.dumps(value, salt=_salt(current(), purpose), compress=True)


def unsign(purpose: str, token: str, *, max_age: timedelta | int | None = None) -> Any:
    """Read a signed value back.

    Raises `SignatureExpired` past `max_age`, and `BadSignature` for anything that this tenant did not
    sign for this purpose: the token of another tenant looks like a forgery.
    """
    return signing.loads(token, salt=_salt(current(), purpose), max_age=max_age)


def _salt(scope: Scope, purpose: str) -> str:
    return f"tieubieu.{scope.tenant_id or scope.schema}.{purpose}"
