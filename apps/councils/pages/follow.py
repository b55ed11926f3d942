"""The session on a member's phone: what is going on now, and one's own vote."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from apps.accounts.doors import must_do, person_of
from apps.accounts.models import Person
from apps.councils.models import Ballot, Choice, Session
from apps.councils.pages.ground import round_here
from apps.councils.queries.board import board, pulse, session_of
from apps.councils.services import cast_vote
from apps.rounds.models import Body, Round
from tieubieu.errors import DomainError


@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """The rounds on whose council this person sits."""
    person = person_of(request)
    rounds = Round.objects.filter(appointments__person=person, appointments__body=Body.COUNCIL)
    return render(request, "councils/mine.html", {"rounds": rounds.distinct().order_by("-year", "code")})


@login_required
def follow(request: HttpRequest, code: str) -> HttpResponse:
    """The session as it stands; the part that changes renews itself."""
    round = round_here(request, code)
    person, session = person_of(request), session_of(round)
    context = _context(person, round, session, pulse(session, round, person))
    context |= {"may_run": person.has_perm("councils.session.run", round)}
    return render(request, "councils/follow.html", context)


@login_required
def live(request: HttpRequest, code: str) -> HttpResponse:
    """The part that renews itself; 304 while nothing has changed for this reader."""
    round = round_here(request, code)
    person, session = person_of(request), session_of(round)
    mark = pulse(session, round, person)
    return answer_unless_unchanged(
        request, mark, "councils/parts/live.html", lambda: _context(person, round, session, mark)
    )


@login_required
@require_POST
def vote(request: HttpRequest, code: str, ballot_id: UUID) -> HttpResponse:
    """Cast one's own vote in the running ballot."""
    round = round_here(request, code)
    ballot = get_object_or_404(Ballot, pk=ballot_id, session__round=round)
    must_do(request, "councils.vote.cast", round)
    choice = request.POST.get("choice", "")
    if choice not in Choice.values:
        raise Http404
    try:
        cast_vote(ballot.pk, Choice(choice), actor=person_of(request))
    except DomainError as refused:
        messages.error(request, refused.message)
    return redirect("councils:follow", round.code)


def answer_unless_unchanged(
    request: HttpRequest, mark: str, template: str, context: Callable[[], dict[str, Any]]
) -> HttpResponse:
    """304 when the reader already has what the mark stands for, else the fragment under it."""
    tag = f'"{mark}"'
    if request.headers.get("If-None-Match") == tag:
        answer = HttpResponse(status=304)
    else:
        answer = render(request, template, context())
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, no-cache"
    return answer


def _context(person: Person, round: Round, session: Session | None, mark: str) -> dict[str, Any]:
    return {"round": round, "board": board(session, person) if session else None, "mark": mark}
