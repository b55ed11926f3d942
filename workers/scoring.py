"""Scoring: one round's locked sheets become one snapshot."""

from uuid import UUID

from apps.judging.services import COMPUTE, compute_snapshot
from tieubieu.outbox.errands import errand


@errand(COMPUTE, queue="scoring", lease=120)
def compute(*, round_id: str, job_id: str) -> None:
    compute_snapshot(UUID(round_id), job_id=UUID(job_id))
