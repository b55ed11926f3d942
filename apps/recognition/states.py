"""The life of a certificate; `expired` is computed from the date, never stored."""

from django.db import models


class CertificateState(models.TextChoices):
    VALID = "valid", "Còn hiệu lực"
    SUSPENDED = "suspended", "Tạm đình chỉ"
    REVOKED = "revoked", "Đã thu hồi"
    REPLACED = "replaced", "Đã được thay thế"


MOVES: dict[str, tuple[frozenset[CertificateState], CertificateState]] = {
    "suspend": (frozenset({CertificateState.VALID}), CertificateState.SUSPENDED),
    "restore": (frozenset({CertificateState.SUSPENDED}), CertificateState.VALID),
    "revoke": (frozenset({CertificateState.VALID, CertificateState.SUSPENDED}), CertificateState.REVOKED),
    "replace": (frozenset({CertificateState.VALID}), CertificateState.REPLACED),
}
