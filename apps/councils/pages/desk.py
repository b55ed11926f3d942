"""The desk from which chair and secretary run the session."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from apps.accounts.doors import must_do, must_see, person_of
from apps.councils.acts import DESK, Asked, ids, way_of
from apps.councils.models import ItemKind, Session, Way
from apps.councils.pages.follow import answer_unless_unchanged, follow
from apps.councils.pages.ground import round_here
from apps.councils.queries.board import Board, Part, board, pulse, session_of
from apps.councils.queries.record import is_intact
from apps.councils.queries.room import members_of
from apps.councils.queries.scribes import scribes_of
from apps.councils.services import convene
from apps.councils.services.minutes import JOB
from apps.rounds.models import Round
from apps.rounds.states import Capability
from tieubieu.errors import DomainError
from tieubieu.progress.queries import latest_job, progress_of


@login_required
def council(request: HttpRequest, code: str) -> HttpResponse:
    """Where everybody arrives: who runs the session gets the desk, everybody else follows it."""
    round = round_here(request, code)
    if not person_of(request).has_perm("councils.session.run", round):
        return follow(request, code)
    session = session_of(round)
    if session is None:
        return _convening(request, round)
    if session.closed_at is None:
        return render(request, "councils/desk.html", _desk(request, session))
    return render(request, "councils/sealed.html", _sealed(request, session))


@login_required
@require_POST
def act(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """Do one thing at the desk; a refusal comes back with its words and with what was typed."""
    round = round_here(request, code)
    must_do(request, "councils.session.run", round)
    session = get_object_or_404(Session, round=round, closed_at=None)
    session.round = round
    if verb not in DESK:
        raise Http404
    try:
        DESK[verb](session, Asked(request.POST, person_of(request)))
    except DomainError as refused:
        context = _desk(request, session_of(round) or session) | {"refused": refused.message, "typed": request.POST}
        context["ticked"] = set(request.POST.getlist("entries"))
        return render(request, "councils/desk.html", context, status=refused.status)
    return redirect(_here(round, request.POST.get("muc", "")))


@login_required
def status(request: HttpRequest, code: str) -> HttpResponse:
    """The part of the desk that renews itself: the room, the running vote, and whether something else has changed."""
    round = round_here(request, code)
    must_see(request, "councils.session.run", round)
    session = session_of(round)
    if session is None:
        raise Http404
    mark = pulse(session, round, person_of(request))
    shown = request.GET.get("ban", "")
    return answer_unless_unchanged(
        request, mark, "councils/parts/status.html",
        lambda: {"round": round, "board": board(session, person_of(request)), "mark": mark, "shown_version": shown},
    )  # fmt: skip


def _here(round: Round, part: str) -> str:
    here = reverse("councils:session", args=[round.code])
    return f"{here}?{urlencode({'muc': part})}" if part.isdecimal() else here


def _convening(request: HttpRequest, round: Round) -> HttpResponse:
    """Attendance, chair, secretary and the way of voting; then the session opens."""
    if request.method == "POST":
        try:
            _convene(request, round)
            return redirect("councils:session", round.code)
        except DomainError as refused:
            context = _start(request, round) | {"refused": refused.message}
            return render(request, "councils/convene.html", context, status=refused.status)
    return render(request, "councils/convene.html", _start(request, round))


def _convene(request: HttpRequest, round: Round) -> None:
    chair, secretary = request.POST.get("chair"), request.POST.get("secretary")
    convene(
        round.pk,
        present=ids(request.POST.getlist("present")),
        chair=ids([chair])[0] if chair else None,
        secretary=ids([secretary])[0] if secretary else None,
        way=way_of(request.POST.get("way", Way.HANDS)),
        actor=person_of(request),
    )


def _start(request: HttpRequest, round: Round) -> dict[str, Any]:
    ticked = set(request.POST.getlist("present"))
    return {
        "round": round,
        "is_ready": round.may(Capability.RANK),
        "members": [(member, str(member.pk) in ticked) for member in members_of(round)],
        "scribes": scribes_of(round, person_of(request)),
        "ways": Way.choices,
        "way": request.POST.get("way", Way.HANDS),
        "chair": request.POST.get("chair", ""),
        "secretary": request.POST.get("secretary", ""),
    }


def _desk(request: HttpRequest, session: Session) -> dict[str, Any]:
    reader = person_of(request)
    shown = board(session, reader)
    part = _part(shown, request.POST.get("muc") or request.GET.get("muc", ""))
    return {
        "round": session.round,
        "board": shown,
        "part": part,
        "mark": pulse(session, session.round, reader),
        "shown_version": session.version,
        "scribes": scribes_of(session.round, reader),
        "awards": session.round.rules.get("awards", []),
        "quota": _quota(session.round, part),
        "groups": [one.item.group for one in shown.parts if one.item.kind == ItemKind.GROUP and one.ties],
        "has_casting_vote": session.round.rules.get("casting_vote", False),
        "typed": {},
    }


def _sealed(request: HttpRequest, session: Session) -> dict[str, Any]:
    reader, job = person_of(request), latest_job(JOB, session)
    return {
        "round": session.round,
        "board": board(session, reader),
        "job": progress_of(job.pk) if job else None,
        "is_intact": is_intact(session),
        "may_read_minutes": reader.has_perm("councils.minutes.see", session.round),
    }


def _quota(round: Round, part: Part | None) -> int | None:
    quota: dict[str, int] = round.rules.get("quota", {})
    return quota.get(part.item.group) if part and part.item.group else None


def _part(shown: Board, asked: str) -> Part | None:
    """The item in hand: the one asked for, the one being voted on, or the first that is not done."""
    chosen = [part for part in shown.parts if str(part.item.number) == asked]
    running = [part for part in shown.parts if any(vote.is_open for vote in part.votes)]
    waiting = [part for part in shown.parts if not part.is_done]
    return next(iter([*chosen, *running, *waiting, *shown.parts]), None)
