"""A worker computes the result of a round from its locked sheets."""

from uuid import UUID

from django.db import transaction

from apps.accounts.models import Person
from apps.judging.events import JudgingEvent
from apps.judging.models import Snapshot
from apps.judging.queries import ranking_input
from apps.judging.ranking import rank
from apps.rounds.models import Round
from apps.rounds.services import lock_round, require
from apps.rounds.states import Capability
from tieubieu.audit.services import record
from tieubieu.outbox.services import emit
from tieubieu.progress.services import finish_item, open_again, start_job

COMPUTE = "scoring.compute_snapshot"


def ask_for_snapshot(round: Round, *, actor: Person) -> UUID:
    """Have a worker compute the result, and return the job's id. The caller holds the round, its scores closed."""
    job = start_job("scoring", round, [str(round.pk)], label="Tính kết quả chấm điểm", actor=actor)
    emit(COMPUTE, round_id=str(round.pk), job_id=str(job.pk))
    return job.pk


@transaction.atomic
def compute_again(round_id: UUID, *, job_id: UUID, actor: Person) -> int:
    """Ask a worker again for the snapshot that could not be made; returns 1, or 0 when nothing had failed."""
    round = lock_round(round_id)
    failed = open_again(job_id)
    if failed:
        emit(COMPUTE, round_id=str(round_id), job_id=str(job_id))
        record(JudgingEvent.SNAPSHOT_ASKED_AGAIN, round, actor=actor)
    return len(failed)


@transaction.atomic
def compute_snapshot(round_id: UUID, *, job_id: UUID) -> Snapshot:
    """Rank the locked sheets into one immutable snapshot; the same sheets yield the same row."""
    round = lock_round(round_id)
    document = ranking_input(round)
    result = rank(document)
    snapshot = round.snapshots.filter(digest=result["digest"]).first()
    if snapshot is None:
        require(round, Capability.RANK)
        number = round.snapshots.count() + 1
        body = {**document, "results": result["entries"]}
        snapshot = Snapshot.objects.create(round=round, number=number, body=body, digest=result["digest"])
        record(JudgingEvent.SNAPSHOT_MADE, round, actor=None, number=number, digest=snapshot.digest)
    finish_item(job_id, str(round_id))
    return snapshot
