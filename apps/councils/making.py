"""The minutes as a PDF."""

from uuid import UUID

from django.db import transaction

from apps.councils.contents import minutes_words
from apps.councils.events import CouncilEvent
from apps.councils.models import Session
from tieubieu.audit.services import record
from tieubieu.documents.services import make_document
from tieubieu.errors import WrongState
from tieubieu.progress.services import finish_item


@transaction.atomic
def make_minutes(session_id: UUID, *, job_id: UUID, superior: str) -> Session:
    """Print the minutes of a closed session; a second run finds them printed and only closes its item."""
    session = (
        Session.objects.select_for_update(no_key=True, of=("self",))
        .select_related("round", "snapshot", "chair__person", "secretary")
        .get(pk=session_id)
    )
    if session.closed_at is None:
        raise WrongState("Biên bản được lập khi phiên họp bế mạc.")
    if session.document_id is None:
        document = make_document("minutes", session, "minutes", minutes_words(session, superior=superior))
        session.document_id = document.pk
        session.save(update_fields=["document_id"])
        record(CouncilEvent.MINUTES_MADE, session, actor=None, document=document.sha256)
    finish_item(job_id, str(session_id))
    return session
