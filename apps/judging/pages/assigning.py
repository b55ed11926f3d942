"""Who scores what: the proposal before scoring, what was handed out, the balance of what fell away, changes by hand."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from apps.accounts.doors import must_do, person_of
from apps.dossiers.models import Entry
from apps.judging.access import hidden_entries, unconflicted_entries, visible_sheets
from apps.judging.doors import of_a_round
from apps.judging.forms import AssignForm
from apps.judging.queries.assigning import (
    Handed,
    Line,
    Plan,
    candidates_for,
    entries_to_score,
    handed_out,
    not_concluded,
    plan_for,
)
from apps.judging.queries.explaining import explained, kept_away
from apps.judging.services import assign_judge, balance_missing, detect_conflicts, release_judge, start_scoring
from apps.judging.workbook import assignment_workbook
from apps.rounds.models import Appointment, Round
from apps.rounds.rules import group_name
from apps.rounds.states import Capability
from tieubieu.errors import DomainError
from tieubieu.spreadsheets import attachment

SEE = "judging.assignment.see"
MAKE = "judging.assignment.make"
CHANGE = "judging.assignment.change"


@of_a_round(SEE)
def assignment(request: HttpRequest, round: Round) -> HttpResponse:
    """Before scoring what would be handed out, with its reasons; afterwards what was, and what it lacks."""
    person = person_of(request)
    hidden = hidden_entries(person, round)
    context = {
        "round": round,
        "may_choose": round.may(Capability.APPOINT) and person.has_perm("rounds.round.run", round),
        "may_make": person.has_perm(MAKE, round),
    }
    if _is_before(round):
        if round.is_balanced:
            context |= _proposed(request, round, plan_for(round, hidden), hidden)
        else:
            context["waiting"] = len(entries_to_score(round, hidden))
        return render(request, "judging/assignment_proposed.html", context)
    context |= _handed(request, round, handed_out(round, person, hidden))
    return render(request, "judging/assignment.html", context)


@of_a_round(SEE)
def assignment_xlsx(request: HttpRequest, round: Round) -> HttpResponse:
    """The same, one judge of one entry a line, and the load of each."""
    person = person_of(request)
    hidden = hidden_entries(person, round)
    if _is_before(round):
        rows = _planned(plan_for(round, hidden)) if round.is_balanced else []
    else:
        lines = handed_out(round, person, hidden).lines
        rows = [(line.entry, sheet.judge, sheet.get_state_display()) for line in lines for sheet in line.sheets]
    return attachment(assignment_workbook(round, rows), f"phan-cong-cham-{round.code}.xlsx")


@of_a_round(SEE)
@require_POST
def begin(request: HttpRequest, round: Round) -> HttpResponse:
    """Hand out what was proposed and seen, and begin scoring."""
    must_do(request, "rounds.round.run", round)
    must_do(request, MAKE, round)
    detect_conflicts(round.pk)  # by itself, so that what is found stays found when the proposal changes for it
    try:
        start_scoring(round.pk, actor=person_of(request), seen=request.POST.get("phuong_an", ""))
    except DomainError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, "Đã giao phiếu theo phương án và bắt đầu chấm điểm.")
    return redirect("judging:assignment", round.code)


@of_a_round(SEE)
def balance(request: HttpRequest, round: Round) -> HttpResponse:
    """What would be given to the entries that lack judges, and to them alone; confirmed here."""
    must_do(request, MAKE, round)
    if not (round.is_balanced and round.may(Capability.SCORE)):
        raise Http404
    if request.method == "POST":
        try:
            given = balance_missing(round.pk, seen=request.POST.get("phuong_an", ""), actor=person_of(request))
        except DomainError as refused:
            messages.error(request, refused.message)
            return redirect("judging:balance", round.code)
        messages.success(request, f"Đã giao thêm {given} phiếu và báo cho các giám khảo.")
        return redirect("judging:assignment", round.code)
    plan = plan_for(round)
    return render(request, "judging/assignment_balance.html", {"round": round} | _proposed(request, round, plan, ()))


@of_a_round(SEE)
def assigned_entry(request: HttpRequest, round: Round, entry_id: UUID) -> HttpResponse:
    """The judges of one entry; given one more or one less by hand while scoring runs."""
    entry = _entry(request, round, entry_id)
    return render(request, "judging/assigned_entry.html", _entry_context(request, round, entry))


@of_a_round(SEE)
@require_POST
def assign(request: HttpRequest, round: Round, entry_id: UUID) -> HttpResponse:
    """Give the entry one more judge."""
    entry = _entry(request, round, entry_id)
    must_do(request, CHANGE, round)
    context = _entry_context(request, round, entry)
    form = AssignForm(request.POST, candidates=context["candidates"])
    if form.is_valid():
        given = form.cleaned_data
        try:
            assign_judge(round.pk, entry.pk, UUID(given["judge"]), reason=given["reason"], actor=person_of(request))
        except DomainError as refused:
            form.add_error(_field(refused), refused.message)
        else:
            messages.success(request, "Đã giao thêm giám khảo và báo cho người đó.")
            return redirect("judging:assigned_entry", round.code, entry.pk)
    return render(request, "judging/assigned_entry.html", context | {"form": form}, status=422)


@of_a_round(SEE)
@require_POST
def release(request: HttpRequest, round: Round, entry_id: UUID, sheet_id: UUID) -> HttpResponse:
    """Take a judge off the entry."""
    person, reason = person_of(request), request.POST.get("ly_do", "")
    sheet = get_object_or_404(visible_sheets(person, round), pk=sheet_id, entry=entry_id)
    must_do(request, CHANGE, round)
    try:
        release_judge(round.pk, sheet.pk, reason=reason, actor=person)
    except DomainError as refused:
        told = {"refused": refused.message, "typed": reason}
        context = _entry_context(request, round, sheet.entry) | told
        return render(request, "judging/assigned_entry.html", context, status=refused.status)
    messages.success(request, f"Đã bỏ {sheet.judge.person.full_name} khỏi hồ sơ này và báo cho người đó.")
    return redirect("judging:assigned_entry", round.code, entry_id)


def _is_before(round: Round) -> bool:
    """Whether sheets are still to be handed out: as long as the panel may change."""
    return round.may(Capability.APPOINT)


def _planned(plan: Plan) -> list[tuple[Entry, Appointment, str]]:
    return [(plan.entries[key], seat, "Dự kiến") for key, seats in plan.by_entry.items() for seat in seats]


def _proposed(request: HttpRequest, round: Round, plan: Plan, hidden: Any) -> dict[str, Any]:
    """What is shown of a proposal. Conflicts of others are named to whom may see them and has none here."""
    person = person_of(request)
    names_conflicts = not hidden and person.has_perm("judging.conflict.see", round)
    reasons = {one.entry: kept_away(plan, one, names_conflicts=names_conflicts) for one in plan.proposal.standings}
    lines = [(plan.entries[key], seats, reasons[key]) for key, seats in plan.by_entry.items()]
    waiting = not_concluded(round, hidden)
    is_ready = (
        round.may(Capability.SCREEN)
        and not round.may(Capability.FILE)
        and bool(plan.proposal.pairs)
        and not plan.proposal.short
        and not waiting
    )
    return {
        "plan": plan,
        "lines": [line for line in lines if line[1]] if round.may(Capability.SCORE) else lines,
        "loads": [(plan.judges[key], load) for key, load in plan.proposal.loads.items()],
        "explained": explained(round, plan, names_conflicts=names_conflicts),
        "waiting": waiting,
        "may_begin": is_ready and person.has_perm(MAKE, round) and person.has_perm("rounds.round.run", round),
    }


def _handed(request: HttpRequest, round: Round, handed: Handed) -> dict[str, Any]:
    is_open = round.is_balanced and round.may(Capability.SCORE)
    return {"handed": handed, "is_open": is_open, "may_change": is_open and person_of(request).has_perm(CHANGE, round)}


def _entry(request: HttpRequest, round: Round, entry_id: UUID) -> Entry:
    if _is_before(round):
        raise Http404
    return get_object_or_404(unconflicted_entries(person_of(request), round), pk=entry_id)


def _entry_context(request: HttpRequest, round: Round, entry: Entry) -> dict[str, Any]:
    person = person_of(request)
    handed = handed_out(round, person, hidden_entries(person, round))
    line = next((line for line in handed.lines if line.entry.pk == entry.pk), Line(entry))
    shown = _handed(request, round, handed)
    candidates = candidates_for(round, entry, handed) if shown["may_change"] else []
    return shown | {
        "round": round,
        "entry": entry,
        "line": line,
        "group_name": group_name(round, entry.group),
        "candidates": candidates,
        "form": AssignForm(candidates=candidates) if candidates else None,
    }


def _field(refused: DomainError) -> str | None:
    return str(refused.facts["field"]) if "field" in refused.facts else None
