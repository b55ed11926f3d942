"""The minutes are asked from the workers: when the session closes, and again when that failed."""

from uuid import UUID

from django.db import transaction

from apps.accounts.models import Person
from apps.councils.events import CouncilEvent
from apps.councils.models import Session
from tieubieu.audit.services import record
from tieubieu.errors import WrongState
from tieubieu.outbox.services import emit
from tieubieu.progress.queries import latest_job
from tieubieu.progress.services import start_job

MAKE_MINUTES = "documents.make_minutes"
JOB = "minutes"


@transaction.atomic
def ask_minutes(session_id: UUID, *, actor: Person) -> UUID:
    """Ask once more for the minutes of a closed session; returns the job's id.

    Raises `WrongState` while the session runs, once they are made, and while they are being made.
    """
    session = Session.objects.select_for_update(no_key=True).get(pk=session_id)
    if session.closed_at is None:
        raise WrongState("Biên bản được lập khi phiên họp bế mạc.")
    if session.document_id is not None:
        raise WrongState("Biên bản đã lập xong.")
    running = latest_job(JOB, session)
    if running is not None and running.state == "running":
        raise WrongState("Biên bản đang được lập.")
    return ask_for_minutes(session, actor)


def ask_for_minutes(session: Session, actor: Person) -> UUID:
    """The same, from within the transaction that holds the closed session."""
    job = start_job(JOB, session, [str(session.pk)], label="Lập biên bản họp Hội đồng", actor=actor)
    record(CouncilEvent.MINUTES_ASKED, session, actor=actor)
    emit(MAKE_MINUTES, session_id=str(session.pk), job_id=str(job.pk))
    return job.pk
