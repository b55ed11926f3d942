"""Look a certified product up: by the signed code, by number, by words."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from apps.catalogue.models import IssuerKey, RegisteredCertificate
from tieubieu.lib import credential
from tieubieu.lib.text import nfc
from tieubieu.searching import with_words

STATES = {
    "valid": "Còn hiệu lực",
    "expired": "Hết hiệu lực",
    "suspended": "Tạm đình chỉ",
    "revoked": "Đã thu hồi",
    "replaced": "Đã được thay thế",
    "unknown": "Không xác minh được",
}


@dataclass(frozen=True)
class Verdict:
    """What we can say of a code: its state today, the line on the register, and what its signature says."""

    state: str
    line: RegisteredCertificate | None
    signed: credential.Credential | None
    reason: str = ""

    @property
    def label(self) -> str:
        return STATES[self.state]


def verify_token(token: str, today: date) -> Verdict:
    """Check the signature with the published keys, then ask the register for the current state."""
    keys = dict(IssuerKey.objects.values_list("kid", "public"))
    try:
        signed = credential.verify(token, keys)
    except credential.CredentialRefused as refused:
        return Verdict("unknown", None, None, str(refused))
    line = RegisteredCertificate.objects.filter(pk=signed.certificate_id, issuer=signed.issuer).first()
    if line is None:
        return Verdict("unknown", None, signed, "Chữ ký đúng nhưng giấy chứng nhận không có trong danh bạ.")
    return Verdict(state_on(line, today), line, signed)


def find_by_number(number: str) -> QuerySet[RegisteredCertificate]:
    return RegisteredCertificate.objects.filter(number=nfc(number).strip())


def search(words: str) -> QuerySet[RegisteredCertificate]:
    """Products whose name holds every word, diacritics forgiven."""
    return with_words(RegisteredCertificate.objects.all(), words, "product_folded")


def state_on(line: RegisteredCertificate, today: date) -> str:
    if line.state == "valid" and today > line.valid_until:
        return "expired"
    return line.state
