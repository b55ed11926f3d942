"""The certificate's PDF: for those who work here, and for anyone who holds a signed link."""

from datetime import timedelta
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from apps.accounts.doors import must_see
from apps.recognition.models import Certificate
from tieubieu.binding.signing import BadSignature, sign, unsign
from tieubieu.documents.services import open_document

LINK = "certificate"
LINK_LIVES = timedelta(days=30)


@login_required
def certificate_pdf(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    certificate = get_object_or_404(Certificate.objects.select_related("decision__round"), pk=certificate_id)
    must_see(request, "rounds.round.see", certificate.decision.round if certificate.decision else None)
    return _pdf(certificate)


def shared_pdf(request: HttpRequest, token: str) -> HttpResponse:
    """A link that was signed in this tenant; one signed next door is the same 404 as a made-up one."""
    try:
        certificate_id = unsign(LINK, token, max_age=LINK_LIVES)
    except BadSignature as bad:
        raise Http404 from bad
    return _pdf(get_object_or_404(Certificate, pk=certificate_id))


def share_link(certificate: Certificate) -> str:
    """The token that `shared_pdf` accepts for 30 days."""
    return sign(LINK, str(certificate.pk))


def _pdf(certificate: Certificate) -> HttpResponse:
    if certificate.document_id is None:
        raise Http404
    response = HttpResponse(open_document(certificate.document_id), content_type="application/pdf")
    name = certificate.number.replace("/", "-")
    response["Content-Disposition"] = f'inline; filename="giay-chung-nhan-{name}.pdf"'
    return response
