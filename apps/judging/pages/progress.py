"""Where scoring stands, for whoever runs or heads it: counts and times, reminders, and the sheets of one entry."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from apps.accounts.doors import must_do, person_of
from apps.dossiers.models import Entry
from apps.judging.access import entries_followed, unsealed_entries, visible_sheets
from apps.judging.doors import of_a_round
from apps.judging.models import Opening
from apps.judging.queries.progress import progress_of
from apps.judging.queries.scores import score_table, versions_of
from apps.judging.services import open_scores, remind_judges, reopen_sheet
from apps.judging.workbook import progress_workbook
from apps.rounds.models import Round, WindowKind
from apps.rounds.rules import group_name
from apps.rounds.states import Capability
from tieubieu.errors import DomainError
from tieubieu.spreadsheets import attachment

SEE = "judging.progress.see"


@of_a_round(SEE)
def progress(request: HttpRequest, round: Round) -> HttpResponse:
    """Per judge and per entry: how many sheets are done, begun, untouched, and when the last was locked."""
    person = person_of(request)
    context = {
        "round": round,
        "progress": progress_of(round, person),
        "until": round.windows.filter(kind=WindowKind.SCORING).values_list("closes_at", flat=True).first(),
        "may_see_assignment": person.has_perm("judging.assignment.see", round),
        "may_type": person.has_perm("judging.paper.type", round),
        "may_remind": round.may(Capability.SCORE) and person.has_perm("judging.judge.remind", round),
    }
    return render(request, "judging/progress.html", context)


@of_a_round(SEE)
def progress_xlsx(request: HttpRequest, round: Round) -> HttpResponse:
    """The same, one sheet a line."""
    return attachment(
        progress_workbook(progress_of(round, person_of(request)).sheets), f"tien-do-cham-{round.code}.xlsx"
    )


@of_a_round(SEE)
@require_POST
def remind(request: HttpRequest, round: Round) -> HttpResponse:
    """Remind one judge, or all who have open sheets."""
    must_do(request, "judging.judge.remind", round)
    chosen = [_uuid(text) for text in request.POST.getlist("giam_khao")] or None
    try:
        told = remind_judges(round.pk, actor=person_of(request), judges=chosen)
    except DomainError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, f"Đã nhắc {told} thành viên, trong hệ thống và qua thư nếu có địa chỉ.")
    return redirect("judging:progress", round.code)


@of_a_round("judging.entry.see")
def entry(request: HttpRequest, round: Round, entry_id: UUID) -> HttpResponse:
    """The sheets of one entry: their states, and their marks once the seal is off for this person."""
    return render(request, "judging/entry.html", _entry_context(request, round, _entry(request, round, entry_id)))


@of_a_round("judging.entry.see")
@require_POST
def reopen(request: HttpRequest, round: Round, entry_id: UUID, sheet_id: UUID) -> HttpResponse:
    """Open a locked sheet again, with a reason."""
    found = get_object_or_404(visible_sheets(person_of(request), round), pk=sheet_id, entry=entry_id)
    must_do(request, "judging.sheet.reopen", round)
    reason = request.POST.get("ly_do", "")
    return _act(
        request,
        round,
        found.entry,
        lambda: reopen_sheet(found.pk, reason=reason, actor=person_of(request)),
        "Đã mở lại phiếu và báo cho thành viên; bản đã khóa vẫn được giữ.",
    )


@of_a_round("judging.entry.see")
@require_POST
def unseal(request: HttpRequest, round: Round, entry_id: UUID) -> HttpResponse:
    """Break the seal of an entry's scores, with a reason."""
    found = _entry(request, round, entry_id)
    must_do(request, "judging.scores.open", round)
    reason = request.POST.get("ly_do", "")
    return _act(
        request,
        round,
        found,
        lambda: open_scores(round, found.pk, reason=reason, actor=person_of(request)),
        "Đã mở niêm phong điểm của hồ sơ này.",
    )


def _entry(request: HttpRequest, round: Round, entry_id: UUID) -> Entry:
    return get_object_or_404(entries_followed(person_of(request), round), pk=entry_id)


def _act(request: HttpRequest, round: Round, entry: Entry, act: Callable[[], object], done: str) -> HttpResponse:
    try:
        act()
    except DomainError as refused:
        context = _entry_context(request, round, entry) | {
            "refused": refused.message,
            "typed": request.POST.get("ly_do", ""),
        }
        return render(request, "judging/entry.html", context, status=refused.status)
    messages.success(request, done)
    return redirect("judging:entry", round.code, entry.pk)


def _entry_context(request: HttpRequest, round: Round, entry: Entry) -> dict[str, Any]:
    person = person_of(request)
    sheets = list(visible_sheets(person, round).filter(entry=entry).order_by("judge__seat"))
    is_unsealed = unsealed_entries(person, round).filter(pk=entry.pk).exists()
    is_scoring = round.may(Capability.SCORE)
    return {
        "round": round,
        "entry": entry,
        "group_name": group_name(round, entry.group),
        "sheets": sheets,
        "table": score_table(round, entry, sheets) if is_unsealed else None,
        "opening": Opening.objects.filter(entry=entry).select_related("opened_by").first(),
        "versions": versions_of(entry) if person.has_perm("judging.versions.see", round) else [],
        "may_reopen": is_scoring and person.has_perm("judging.sheet.reopen", round),
        "may_open": any(sheet.locked_at for sheet in sheets)
        and is_scoring
        and person.has_perm("judging.scores.open", round),
        "may_see_progress": person.has_perm(SEE, round),
        "own": person.pk,
    }


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
