"""The making of one certificate: sign the QR payload, render the PDF, keep it, tell the register."""

from uuid import UUID

from django.conf import settings
from django.db import transaction

from apps.dossiers.models import EntryKind
from apps.recognition.events import RecognitionEvent
from apps.recognition.keys import ensure_key, open_private
from apps.recognition.models import Certificate
from apps.rounds.models import Level
from tieubieu.audit.services import record
from tieubieu.binding import current
from tieubieu.documents.ink.certificate import CertificateData
from tieubieu.documents.services import make_document
from tieubieu.errors import DomainError
from tieubieu.lib import credential
from tieubieu.outbox.services import emit
from tieubieu.progress.services import finish_item

REGISTER = "catalogue.register_certificate"


@transaction.atomic
def make_certificate(certificate_id: UUID, *, job_id: UUID) -> Certificate:
    """Make the paper of a numbered certificate; a second run finds it made and only closes its item."""
    certificate = (
        Certificate.objects.select_for_update(no_key=True, of=("self",))
        .select_related("decision__round", "entry")
        .get(pk=certificate_id)
    )
    if certificate.document_id is None:
        _make(certificate)
        record(RecognitionEvent.CERTIFICATE_MADE, certificate, actor=None, number=certificate.number)
        emit(REGISTER, certificate_id=str(certificate.pk))
    finish_item(job_id, str(certificate_id))
    return certificate


def verification_url(token: str) -> str:
    """Where the QR leads: the nation's public host, which outlives a province's own name."""
    port = "" if settings.SCHEME == "https" else f":{settings.PORT}"
    return f"{settings.SCHEME}://{settings.BASE_HOST}{port}/xac-minh/{token}"


def _make(certificate: Certificate) -> None:
    certificate.token = _token(certificate)
    document = make_document("certificate", certificate, "certificate", _words(certificate))
    certificate.document_id = document.pk
    certificate.save(update_fields=["token", "document_id"])


def _token(certificate: Certificate) -> str:
    key = ensure_key(actor=None)
    payload = credential.Credential(
        issuer=current().slug,
        number=certificate.number,
        subject=certificate.product_name,
        holder=certificate.holder_name,
        decision=certificate.decision.number if certificate.decision else "",
        issued_on=certificate.issued_on,
        valid_until=certificate.valid_until,
        certificate_id=str(certificate.pk),
        kid=key.kid,
    )
    return credential.issue(payload, open_private(key))


def _words(certificate: Certificate) -> CertificateData:
    decision = certificate.decision
    if decision is None:
        raise DomainError("Giấy chứng nhận nhập từ hồ sơ cũ không có quyết định trên hệ thống để lập bản in.")
    return CertificateData(
        authority=decision.authority,
        level=Level(certificate.level).label,
        product_name=certificate.product_name,
        holder_name=certificate.holder_name,
        holder_address=certificate.holder_address,
        year=certificate.year,
        number=certificate.number,
        decision_number=decision.number,
        decision_on=decision.signed_on,
        issued_on=certificate.issued_on,
        valid_until=certificate.valid_until,
        signer_title=decision.signer_title,
        signer=decision.signer,
        verification_url=verification_url(certificate.token),
        is_set=certificate.entry is not None and certificate.entry.kind == EntryKind.SET,
        is_demo=certificate.is_demo,
    )
