"""Documents: one certificate per errand, so one province's thousand never block another's first."""

from uuid import UUID

from apps.recognition.making import make_certificate
from apps.recognition.services import MAKE
from tieubieu.outbox.errands import errand
from tieubieu.progress.services import fail_item


def _say_failed(error: str, *, certificate_id: str, job_id: str) -> None:
    fail_item(job_id, certificate_id, error)


@errand(MAKE, queue="documents", lease=120, parked=_say_failed)
def certificate(*, certificate_id: str, job_id: str) -> None:
    make_certificate(UUID(certificate_id), job_id=UUID(job_id))
