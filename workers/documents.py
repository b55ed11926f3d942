"""Documents: one certificate per errand, so one province's thousand never block another's first."""

from uuid import UUID

from apps.recognition.making import make_certificate
from apps.recognition.services import MAKE
from tieubieu.outbox.errands import errand


@errand(MAKE, queue="documents", lease=120)
def certificate(*, certificate_id: str, job_id: str) -> None:
    make_certificate(UUID(certificate_id), job_id=UUID(job_id))
