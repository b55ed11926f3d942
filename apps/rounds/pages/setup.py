"""The task list of a round's set-up, and the acts at its end: approve, take back, open."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from apps.accounts.doors import person_of
from apps.rounds.forms.starting import OfficerForm
from apps.rounds.models import Round
from apps.rounds.pages.ground import answer, for_who_runs_it, may_run, of_a_round
from apps.rounds.queries.areas import area_names
from apps.rounds.queries.copying import earlier_rounds
from apps.rounds.queries.people import seats_without_code, who_may_answer
from apps.rounds.queries.tasks import Setup, setup_of
from apps.rounds.queries.timeline import timeline
from apps.rounds.rules import law_on
from apps.rounds.services import approve_drafted_plan, name_officer, open_round, revise_plan
from apps.rounds.states import Capability, Phase
from tieubieu.errors import DomainError


@of_a_round
def overview(request: HttpRequest, round: Round) -> HttpResponse:
    """What is done, what is missing, and why the round cannot be opened yet."""
    return render(request, "rounds/overview.html", _context(request, round))


def _context(request: HttpRequest, round: Round) -> dict[str, Any]:
    whole = (
        Round.objects.prefetch_related("windows__officer", "appointments").select_related("officer").get(pk=round.pk)
    )
    setup = setup_of(whole)
    return {
        "round": whole,
        "area": area_names([whole]).get(whole.area_code, ""),
        "timeline": timeline(whole),
        "tasks": [(task, reverse(task.page, args=[whole.code, *task.args])) for task in setup.tasks],
        "setup": setup,
        "may_run": may_run(request, whole),
        "is_draft": whole.may(Capability.PLAN),
        "is_planned": whole.phase == Phase.PLANNED,
        "law": law_on(whole) if whole.may(Capability.PLAN) else "",
        "filing": next((w for w in whole.windows.all() if w.kind == "filing"), None),
        "to_be_told": _to_be_told(whole),
        "can_copy": whole.may(Capability.PLAN) and earlier_rounds(whole).exists(),
        "next_step": _next_step(whole, setup),
        "uninvited": seats_without_code(whole).count(),
    }


@for_who_runs_it
def officer(request: HttpRequest, round: Round) -> HttpResponse:
    """Name who answers for the round."""
    form = OfficerForm(request.POST or None, people=who_may_answer(round), initial={"officer": round.officer_id})
    if form.is_valid():
        name_officer(round.pk, form.cleaned_data["officer"], actor=person_of(request))
        messages.success(request, "Đã ghi cán bộ phụ trách kỳ.")
        return redirect("setup:overview", round.code)
    return answer(request, "rounds/officer.html", {"round": round}, form)


@require_POST
@for_who_runs_it
def approve(request: HttpRequest, round: Round) -> HttpResponse:
    """Freeze the rules of the plan."""
    return _act(
        request,
        round,
        lambda: approve_drafted_plan(round.pk, actor=person_of(request)),
        "Đã duyệt kế hoạch; bộ quy định của kỳ đã chốt.",
    )


@require_POST
@for_who_runs_it
def revise(request: HttpRequest, round: Round) -> HttpResponse:
    """Take an approved plan back into drafting."""
    reason = request.POST.get("reason", "")
    return _act(
        request,
        round,
        lambda: revise_plan(round.pk, reason=reason, actor=person_of(request)),
        "Kế hoạch đã mở lại để sửa; bộ quy định đã chốt không còn hiệu lực.",
    )


@require_POST
@for_who_runs_it
def open_filing(request: HttpRequest, round: Round) -> HttpResponse:
    """Open the round."""
    return _act(
        request,
        round,
        lambda: open_round(round.pk, actor=person_of(request)),
        "Kỳ bình chọn đã mở; các cơ sở gửi được hồ sơ trong thời gian nhận hồ sơ.",
    )


def _act(request: HttpRequest, round: Round, act: Callable[[], object], done: str) -> HttpResponse:
    try:
        act()
    except DomainError as refused:
        told = {"refused": refused.message, "typed_words": request.POST.get("reason", "")}
        return render(request, "rounds/overview.html", _context(request, round) | told, status=refused.status)
    messages.success(request, done)
    return redirect("setup:overview", round.code)


def _to_be_told(round: Round) -> int:
    people = {seat.person_id for seat in round.appointments.all()}
    return len(people | {window.officer_id for window in round.windows.all()} - {None})


def _next_step(round: Round, setup: Setup) -> str:
    """One sentence: what is expected now."""
    if round.phase == Phase.DRAFT:
        return (
            "Làm xong các phần còn thiếu rồi duyệt kế hoạch"
            if setup.approval
            else "Xem lại các phần rồi duyệt kế hoạch"
        )
    if round.phase == Phase.PLANNED:
        return "Làm xong các phần còn thiếu rồi mở kỳ bình chọn" if setup.opening else "Mở kỳ bình chọn"
    return ""
