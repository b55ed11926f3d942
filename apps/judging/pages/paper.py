"""Paper sheets: printed for a judge, typed in twice, decided when the two differ; with the scan of the signed paper."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from apps.accounts.doors import must_do, person_of
from apps.judging.access import visible_sheets
from apps.judging.doors import of_a_round
from apps.judging.forms import DecisionForm, FirstForm, PaperForm, SecondForm
from apps.judging.making import KIND
from apps.judging.models import PaperCase, Sheet
from apps.judging.queries.papers import paper_rows, printed_for
from apps.judging.services import lines_of
from apps.judging.services.paper import (
    REMARK,
    PapersDiffer,
    ask_for_paper,
    decide_paper,
    differing,
    type_first,
    type_second,
)
from apps.judging.states import PaperState
from apps.judging.workbook import papers_workbook
from apps.rounds.models import Appointment, Body, Round
from apps.rounds.states import Capability
from tieubieu.documents.services import open_document
from tieubieu.errors import DomainError
from tieubieu.spreadsheets import attachment
from tieubieu.uploads.errors import UploadRefused
from tieubieu.uploads.models import StoredFile
from tieubieu.uploads.services import PHOTOS, Kind, take_in
from tieubieu.uploads.serving import serve

KEPT = {
    PaperState.LOCKED: "Hai lần nhập giống nhau; phiếu đã khóa.",
    PaperState.DIFFERENT: "Hai lần nhập vẫn khác nhau; phiếu đã chuyển cho thư ký quyết định.",
}
TYPE, DECIDE = "judging.paper.type", "judging.paper.decide"


@of_a_round(TYPE)
def papers(request: HttpRequest, round: Round) -> HttpResponse:
    """Each judge's printed sheets, and each sheet's place on the way from paper to lock."""
    person = person_of(request)
    context = {
        "round": round,
        "rows": paper_rows(round, person),
        "prints": printed_for(round, KIND),
        "is_open": round.may(Capability.SCORE),
    }
    return render(request, "judging/papers.html", context)


@of_a_round(TYPE)
def papers_xlsx(request: HttpRequest, round: Round) -> HttpResponse:
    """How far each sheet has come, without a mark in it."""
    return attachment(papers_workbook(paper_rows(round, person_of(request))), f"phieu-giay-{round.code}.xlsx")


@of_a_round(TYPE)
@require_POST
def print_sheets(request: HttpRequest, round: Round, judge_id: UUID) -> HttpResponse:
    """Ask for the paper of one judge."""
    judge = get_object_or_404(round.appointments.filter(body=Body.PANEL), pk=judge_id)
    try:
        ask_for_paper(judge.pk, actor=person_of(request))
    except DomainError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, "Đang lập phiếu giấy; xin tải lại trang sau ít giây để mở tệp.")
    return redirect("judging:papers", round.code)


@of_a_round(TYPE)
def printed(request: HttpRequest, round: Round, judge_id: UUID) -> HttpResponse:
    """The paper as it was made last."""
    judge: Appointment = get_object_or_404(round.appointments.filter(body=Body.PANEL), pk=judge_id)
    document = dict(printed_for(round, KIND)).get(judge)
    if document is None:
        raise Http404
    response = HttpResponse(open_document(document.pk), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="phieu-cham-{round.code}-{judge.seat}.pdf"'
    return response


@of_a_round(TYPE)
def paper_case(request: HttpRequest, round: Round, sheet_id: UUID) -> HttpResponse:
    """Where the QR code of a paper leads: type it, type it again, or decide."""
    sheet = _sheet(request, round, sheet_id)
    case = PaperCase.objects.filter(sheet=sheet).select_related("first_by", "second_by", "decided_by").first()
    step = _first if case is None else STEPS[PaperState(case.state)]
    return step(request, round, sheet, case)


@of_a_round(TYPE)
def scan(request: HttpRequest, round: Round, sheet_id: UUID) -> HttpResponse:
    """The signed paper. Whoever types the second time has it in hand; its picture is no answer sheet."""
    sheet = _sheet(request, round, sheet_id)
    case = get_object_or_404(PaperCase, sheet=sheet)
    if case.state == PaperState.TYPED_ONCE and case.first_by_id != person_of(request).pk:
        raise Http404
    return serve(request, get_object_or_404(StoredFile, pk=case.scan_id))


def _first(request: HttpRequest, round: Round, sheet: Sheet, case: PaperCase | None) -> HttpResponse:
    form = FirstForm(lines_of(sheet), request.POST or None, request.FILES or None)

    def keep() -> None:
        file = take_in(form.cleaned_data["scan"], actor=person_of(request), kinds=PHOTOS | {Kind.PDF})
        type_first(round, sheet.pk, form.typed(), scan_id=file.pk, actor=person_of(request))

    done = "Đã ghi lần nhập thứ nhất. Xin giao phiếu giấy cho người khác nhập lần hai."
    return _step(request, round, sheet, form, keep, done, {"case": case, "title": "Nhập phiếu giấy, lần một"})


def _second(request: HttpRequest, round: Round, sheet: Sheet, case: PaperCase | None) -> HttpResponse:
    assert case is not None
    if case.first_by_id == person_of(request).pk:
        return _closed(request, round, sheet, case)
    form = SecondForm(lines_of(sheet), request.POST or None)

    def keep() -> None:
        is_compared = "is_compared" in request.POST
        kept = type_second(round, sheet.pk, form.typed(), actor=person_of(request), is_compared=is_compared)
        state = PaperState(kept.state)
        messages.add_message(request, messages.SUCCESS if state == PaperState.LOCKED else messages.WARNING, KEPT[state])

    return _step(request, round, sheet, form, keep, "", {"case": case, "title": "Nhập phiếu giấy, lần hai"})


def _decide(request: HttpRequest, round: Round, sheet: Sheet, case: PaperCase | None) -> HttpResponse:
    assert case is not None
    person = person_of(request)
    if not person.has_perm(DECIDE, round) or person.pk in (case.first_by_id, case.second_by_id):
        return _closed(request, round, sheet, case)
    open_fields = differing(case.first, case.second)
    lines = [line for line in lines_of(sheet) if line.key in open_fields]
    form = DecisionForm(lines, request.POST or None, has_remark=REMARK in open_fields)

    def keep() -> None:
        must_do(request, DECIDE, round)
        decide_paper(round, sheet.pk, form.typed(), reason=form.cleaned_data["reason"], actor=person)

    done = "Đã quyết định; phiếu được khóa."
    context = {"case": case, "title": "Hai lần nhập khác nhau", "both": _both(sheet, case, open_fields)}
    return _step(request, round, sheet, form, keep, done, context)


def _closed(request: HttpRequest, round: Round, sheet: Sheet, case: PaperCase | None) -> HttpResponse:
    context = {"round": round, "sheet": sheet, "case": case, "title": "Phiếu giấy"}
    return render(request, "judging/paper_case.html", context)


STEPS: dict[PaperState, Callable[[HttpRequest, Round, Sheet, PaperCase | None], HttpResponse]] = {
    PaperState.TYPED_ONCE: _second,
    PaperState.DIFFERENT: _decide,
    PaperState.LOCKED: _closed,
}


def _step(
    request: HttpRequest,
    round: Round,
    sheet: Sheet,
    form: PaperForm,
    keep: Callable[[], None],
    done: str,
    context: dict[str, object],
) -> HttpResponse:
    if form.is_bound and form.is_valid() and _told(form, keep):
        if done:
            messages.success(request, done)
        return redirect("judging:papers", round.code)
    whole = {"round": round, "sheet": sheet, "form": form, **context}
    return render(request, "judging/paper_case.html", whole, status=422 if form.is_bound else 200)


def _told(form: PaperForm, keep: Callable[[], None]) -> bool:
    try:
        keep()
    except PapersDiffer as differ:
        assert isinstance(form, SecondForm)
        form.mark(differ.fields)
        form.add_error(None, differ.message)
    except UploadRefused as refused:
        form.add_error("scan", str(refused))
    except DomainError as refused:
        key = refused.facts.get("criterion")
        form.add_error(str(key) if key in form.fields else None, forms.ValidationError(refused.message))
    return not form.errors


def _both(sheet: Sheet, case: PaperCase, open_fields: list[str]) -> list[tuple[str, str, str]]:
    """What each typed where they differ, for whoever decides."""
    labels = {line.key: f"{line.part}. {line.label}" if line.part else line.label for line in lines_of(sheet)}
    return [(labels.get(key, "Nhận xét"), _shown(case.first, key), _shown(case.second, key)) for key in open_fields]


def _shown(typed: dict[str, object], key: str) -> str:
    if key == REMARK:
        return str(typed.get(REMARK, "")) or "để trống"
    marks = typed.get("marks")
    return str(marks.get(key, "")).replace(".", ",") if isinstance(marks, dict) else ""


def _sheet(request: HttpRequest, round: Round, sheet_id: UUID) -> Sheet:
    return get_object_or_404(visible_sheets(person_of(request), round), pk=sheet_id)
