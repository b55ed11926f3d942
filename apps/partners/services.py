"""A partner's program is given its own key to read with."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from oauth2_provider.models import Application
from oauth2_provider.settings import oauth2_settings

from apps.partners.events import PartnerEvent
from apps.partners.models import ClientScope
from tieubieu.audit.services import record
from tieubieu.errors import DomainError
from tieubieu.names import safe_name

SECRET_BYTES = 32


@dataclass(frozen=True)
class NewClient:
    """The only place where the secret stands in the clear; the database keeps a hash."""

    client_id: str
    secret: str
    scopes: list[str]


@transaction.atomic
def create_client(name: str, scopes: Iterable[str]) -> NewClient:
    """Register a program of a partner in the bound tenant, for the client-credentials grant only.

    Raises `DomainError` for a scope that does not exist or a name that is taken.
    """
    wanted, title = sorted(set(scopes)), safe_name(name)
    _require_legal(title, wanted)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    client = Application.objects.create(
        name=title,
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS,
        client_secret=secret,
    )
    ClientScope.objects.bulk_create([ClientScope(client=client, scope=scope) for scope in wanted])
    record(PartnerEvent.CLIENT_MADE, client, actor=None, name=title, scopes=wanted)
    return NewClient(client.client_id, secret, wanted)


def _require_legal(name: str, scopes: list[str]) -> None:
    known = oauth2_settings.SCOPES
    unknown = [scope for scope in scopes if scope not in known]
    if unknown or not scopes:
        told = f"Không có phạm vi {', '.join(unknown)}" if unknown else "Cần ít nhất một phạm vi"
        raise DomainError(f"{told}; các phạm vi có thể cấp: {', '.join(sorted(known))}.")
    if Application.objects.filter(name=name).exists():
        raise DomainError(f"Đã có chương trình mang tên “{name}” ở đơn vị này.")
