"""Idempotent projections into the nation's register; call inside the public scope."""

from collections.abc import Mapping
from typing import Any

from apps.catalogue.models import IssuerKey, RegisteredCertificate
from tieubieu.errors import DomainError
from tieubieu.lib import credential
from tieubieu.lib.text import fold


def register_certificate(line: Mapping[str, Any]) -> None:
    """Put one certificate on the register; the same line twice changes nothing, an older line loses."""
    values = {**line, "product_folded": fold(str(line["product_name"]))}
    RegisteredCertificate.objects.bulk_create([RegisteredCertificate(**values)], ignore_conflicts=True)
    newer = RegisteredCertificate.objects.filter(pk=values.pop("id"), version__lt=values["version"])
    newer.update(**values)


def register_key(*, issuer: str, kid: str, public: str) -> None:
    """Publish a verification key; it stays after rotation. A key speaks only for the issuer named in its id."""
    if credential.issuer_of(kid) != issuer:
        raise DomainError(f"Khóa {kid} không thuộc đơn vị {issuer}.", kid=kid, issuer=issuer)
    IssuerKey.objects.bulk_create([IssuerKey(issuer=issuer, kid=kid, public=public)], ignore_conflicts=True)
