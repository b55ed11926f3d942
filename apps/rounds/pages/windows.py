"""The windows of a round, set one by one or proposed all at once."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from apps.accounts.doors import must_do, person_of
from apps.rounds.forms.windows import ProposalForm, ReopenForm, WindowForm, window_initial
from apps.rounds.models import Round, Window, WindowChange, WindowKind
from apps.rounds.pages.ground import answer, for_who_runs_it, may_reopen, may_run, of_a_round, told
from apps.rounds.queries.days import EVENING, last_day, provisional_days, working_calendar
from apps.rounds.queries.people import who_may_answer
from apps.rounds.queries.readiness import window_obstacles
from apps.rounds.queries.schedule import advice, working_length
from apps.rounds.queries.windows import window_of
from apps.rounds.services import (
    DocumentMissing,
    Grounds,
    PromiseShortened,
    propose_windows,
    reopen_filing,
    set_window,
)
from apps.rounds.states import is_filing_reopenable, is_movable
from apps.rounds.workbook import windows_workbook
from tieubieu.spreadsheets import attachment


@of_a_round
def windows(request: HttpRequest, round: Round) -> HttpResponse:
    """Every window with its officer, its length in working days, and what should be looked at again."""
    may_write = may_run(request, round)
    form = None
    if may_write and not round.is_running:
        people = who_may_answer(round)
        form = ProposalForm(request.POST or None, people=people, initial={"officer": round.officer_id})
    if request.method == "POST":
        must_do(request, "rounds.round.run", round)
    if form is not None and form.is_valid() and told(form, lambda: _propose(request, round, form), "start"):
        messages.success(request, "Đã đề xuất thời hạn theo ngày làm việc; xin xem lại từng thời hạn.")
        return redirect("setup:windows", round.code)
    found = list(round.windows.select_related("officer"))
    context = {
        "round": round,
        "rows": _rows(round, found),
        "obstacles": window_obstacles(round),
        "changes": WindowChange.objects.filter(window__round=round).select_related("window", "changed_by")[:30],
        "may_write": may_write,
        "may_reopen": may_reopen(request, round),
        "has_windows": bool(found),
    }
    return answer(request, "rounds/windows.html", context, form)


@for_who_runs_it
def window(request: HttpRequest, round: Round, kind: str) -> HttpResponse:
    """Set or move one window; while the round runs, with a reason, and a confirmation for time taken back."""
    if kind not in WindowKind.values:
        raise Http404
    present = window_of(round, kind)
    is_promised = round.is_running and present is not None
    form = WindowForm(
        request.POST or None,
        kind=kind,
        people=who_may_answer(round),
        is_running=is_promised,
        initial=window_initial(present, round.officer),
    )
    if form.is_valid() and told(form, lambda: _set(request, round, kind, form)):
        messages.success(request, f"Đã ghi thời hạn {WindowKind(kind).within_a_sentence}.")
        return redirect("setup:windows", round.code)
    context = {
        "round": round,
        "kind": WindowKind(kind),
        "window": present,
        "is_promised": is_promised,
        "is_movable": is_movable(kind, round.phase),
        "may_reopen": kind == WindowKind.FILING and may_reopen(request, round),
        "is_legal": kind == WindowKind.COMPLAINT,
    }
    return answer(request, "rounds/window.html", context, form)


@of_a_round
def reopen(request: HttpRequest, round: Round) -> HttpResponse:
    """Take dossiers again after filing was closed by a decision, by a document that says until when."""
    must_do(request, "rounds.filing.reopen", round)
    form = ReopenForm(request.POST or None, initial={"closes_time": f"{EVENING:%H:%M}"})
    if form.is_valid() and told(form, lambda: _reopen(request, round, form)):
        messages.success(request, "Đã mở lại nhận hồ sơ. Xin xem các thời hạn sau có còn hợp lý không.")
        return redirect("setup:windows", round.code)
    context = {
        "round": round,
        "filing": window_of(round, WindowKind.FILING),
        "is_reopenable": is_filing_reopenable(round.phase),
    }
    return answer(request, "rounds/reopen.html", context, form)


@of_a_round
def windows_xlsx(request: HttpRequest, round: Round) -> HttpResponse:
    return attachment(windows_workbook(round), f"thoi-han-{round.code}.xlsx")


def _propose(request: HttpRequest, round: Round, form: Any) -> None:
    given = form.cleaned_data
    propose_windows(round.pk, start=given["start"], officer=given["officer"], actor=person_of(request))


def _set(request: HttpRequest, round: Round, kind: str, form: WindowForm) -> None:
    given = form.cleaned_data
    try:
        set_window(
            round.pk,
            kind,
            opens_at=given["opens_at"],
            closes_at=given.get("closes_at"),
            officer=given["officer"],
            grounds=_grounds(given),
            is_shortening_confirmed=given.get("is_confirmed", False),
            actor=person_of(request),
        )
    except PromiseShortened as shortened:
        form.add_error("is_confirmed", shortened.message)
    except DocumentMissing as missing:
        form.add_error("document_number", missing.message)


def _reopen(request: HttpRequest, round: Round, form: ReopenForm) -> None:
    given = form.cleaned_data
    reopen_filing(round.pk, closes_at=given["closes_at"], grounds=_grounds(given), actor=person_of(request))


def _grounds(given: dict[str, Any]) -> Grounds:
    return Grounds(given.get("reason", ""), given.get("document_number", ""), given.get("document_on"))


def _rows(round: Round, found: list[Window]) -> list[dict[str, Any]]:
    by_kind = {window.kind: window for window in found}
    if not found:
        return [_row(round, kind, None, [], None) for kind in WindowKind]
    days = working_calendar(min(window.opens_at for window in found).date())
    told_of = advice(found, days, provisional_days())
    return [_row(round, kind, by_kind.get(kind), told_of.get(kind, []), days) for kind in WindowKind]


def _row(round: Round, kind: WindowKind, window: Window | None, notes: list[str], days: Any) -> dict[str, Any]:
    return {
        "kind": kind,
        "window": window,
        "length": working_length(window, days) if window else None,
        "last_day": last_day(window.closes_at) if window else None,
        "notes": notes,
        "is_movable": is_movable(kind, round.phase),
    }
