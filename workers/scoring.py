"""Scoring: one round's locked sheets become one snapshot, and once more with what a complaint had marked anew."""

from uuid import UUID

from apps.judging.services import COMPUTE, compute_snapshot
from apps.recognition.services import REVISE, compute_revision
from tieubieu.outbox.errands import errand
from tieubieu.progress.services import fail_item


def _say_failed(error: str, *, round_id: str, job_id: str) -> None:
    fail_item(job_id, round_id, error)


@errand(COMPUTE, queue="scoring", lease=120, parked=_say_failed)
def compute(*, round_id: str, job_id: str) -> None:
    compute_snapshot(UUID(round_id), job_id=UUID(job_id))


@errand(REVISE, queue="scoring", lease=120)
def revise(*, complaint_id: str) -> None:
    compute_revision(UUID(complaint_id))
