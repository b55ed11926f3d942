"""The minutes of a closed session, and its list as a workbook."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from apps.accounts.doors import must_do, must_see, person_of
from apps.councils.models import Session
from apps.councils.pages.ground import round_here
from apps.councils.queries.board import board, session_of
from apps.councils.services import ask_minutes
from apps.councils.workbook import session_workbook
from apps.rounds.models import Round
from tieubieu.documents.services import open_document
from tieubieu.errors import DomainError
from tieubieu.progress.models import Job
from tieubieu.progress.queries import progress_of
from tieubieu.spreadsheets import attachment


@login_required
def minutes(request: HttpRequest, code: str) -> HttpResponse:
    """The minutes as PDF."""
    session = _closed(request, code)
    if session.document_id is None:
        raise Http404
    response = HttpResponse(open_document(session.document_id), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="bien-ban-hop-hoi-dong-{session.round.code}.pdf"'
    return response


@login_required
@require_POST
def make(request: HttpRequest, code: str) -> HttpResponse:
    """Ask the workers for the minutes once more, when the first attempt failed."""
    session = _closed(request, code)
    must_do(request, "councils.session.run", session.round)
    try:
        ask_minutes(session.pk, actor=person_of(request))
    except DomainError as refused:
        messages.error(request, refused.message)
    return redirect("councils:session", code)


@login_required
def progress(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """The fragment that a page polls while the minutes are made."""
    job = get_object_or_404(Job, pk=job_id, kind="minutes")
    round = Round.objects.filter(sessions=UUID(job.subject_id)).first()
    must_see(request, "councils.session.see", round)
    return render(request, "councils/parts/job.html", {"job": progress_of(job.pk)})


@login_required
def workbook(request: HttpRequest, code: str) -> HttpResponse:
    """What the session decided, entry by entry, as far as this person may see it."""
    round = round_here(request, code)
    session = session_of(round)
    if session is None:
        raise Http404
    return attachment(session_workbook(board(session, person_of(request))), f"hop-hoi-dong-{round.code}.xlsx")


def _closed(request: HttpRequest, code: str) -> Session:
    round = round_here(request, code)
    must_see(request, "councils.minutes.see", round)
    session = session_of(round)
    if session is None or session.closed_at is None:
        raise Http404
    return session
