"""The authority's desk for complaints: what waits and until when, one complaint with what marking anew would move."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from apps.accounts.doors import must_do, person_of
from apps.judging.access import hidden_entries
from apps.judging.doors import of_a_round
from apps.recognition.access import visible_complaints
from apps.recognition.doors import serve_paper
from apps.recognition.forms import AnswerForm, AssignForm
from apps.recognition.models import Complaint
from apps.recognition.queries.complaints import (
    counted_sheets,
    disputed_words,
    free_members,
    is_late,
    labels_of,
    lines_of,
    living_reviews,
    may_be_answered,
    result_in_force,
)
from apps.recognition.queries.following import consequences, shifts_for
from apps.recognition.queries.results import selection_of
from apps.recognition.services import answer_complaint, assign_reviews, compute_anew, receive_complaint
from apps.recognition.states import ComplaintState, ReviewState
from apps.recognition.workbook import complaints_workbook
from apps.rounds.models import Round
from tieubieu.errors import DomainError
from tieubieu.spreadsheets import attachment
from tieubieu.uploads.models import StoredFile

SEE, HANDLE = "recognition.complaint.see", "recognition.complaint.handle"
WORKED_ON = (ComplaintState.RECEIVED, ComplaintState.RESCORING)


@of_a_round(SEE)
def complaints(request: HttpRequest, round: Round) -> HttpResponse:
    """The complaints of the round, the open ones first."""
    lines = lines_of(round, person_of(request))
    late = sum(line.is_late for line in lines)
    may_handle = person_of(request).has_perm(HANDLE, round)
    context = {"round": round, "lines": lines, "late": late, "may_handle": may_handle}
    return render(request, "recognition/complaints.html", context)


@of_a_round(SEE)
def complaints_xlsx(request: HttpRequest, round: Round) -> HttpResponse:
    """The same rows under the same rule, as a workbook."""
    return attachment(complaints_workbook(lines_of(round, person_of(request))), f"khieu-nai-{round.code}.xlsx")


@of_a_round(SEE)
def complaint(request: HttpRequest, round: Round, complaint_id: UUID) -> HttpResponse:
    """One complaint; to whoever may not know the entry it does not exist."""
    return _page(request, round, _found(request, round, complaint_id))


@of_a_round(SEE)
def paper(request: HttpRequest, round: Round, complaint_id: UUID, paper_id: UUID) -> HttpResponse:
    return serve_paper(request, _found(request, round, complaint_id), paper_id)


@of_a_round(SEE)
@require_POST
def receive(request: HttpRequest, round: Round, complaint_id: UUID) -> HttpResponse:
    """Take it in hand."""
    found = _found(request, round, complaint_id)
    done = "Đã tiếp nhận và báo cho cơ sở."
    return _act(request, round, found, lambda: receive_complaint(round, found.pk, actor=person_of(request)), done)


@of_a_round(SEE)
@require_POST
def assign(request: HttpRequest, round: Round, complaint_id: UUID) -> HttpResponse:
    """Give the disputed criteria to members; what was chosen stays when it is refused."""
    found = _found(request, round, complaint_id)
    must_do(request, HANDLE, round)
    form = _assign_form(found, request.POST)
    if form.is_valid():
        try:
            assign_reviews(round, found.pk, form.chosen(), actor=person_of(request))
        except DomainError as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, "Đã giao chấm lại và báo cho người được giao.")
            return redirect("publication:complaint", round.code, found.pk)
    return _page(request, round, found, assign_form=form, status=422)


@of_a_round(SEE)
@require_POST
def compute(request: HttpRequest, round: Round, complaint_id: UUID) -> HttpResponse:
    """Ask for the result once more."""
    found = _found(request, round, complaint_id)
    done = "Đang tính lại; xin tải lại trang sau ít giây."
    return _act(request, round, found, lambda: compute_anew(round, found.pk, actor=person_of(request)), done)


@of_a_round(SEE)
@require_POST
def answer(request: HttpRequest, round: Round, complaint_id: UUID) -> HttpResponse:
    """Record the council's answer; what was typed stays when it is refused."""
    found = _found(request, round, complaint_id)
    must_do(request, HANDLE, round)
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            answer_complaint(round, found.pk, form.answer(), actor=person_of(request))
        except DomainError as refused:
            form.add_error(None, refused.message)
        else:
            messages.success(request, "Đã ghi trả lời và báo cho cơ sở.")
            return redirect("publication:complaint", round.code, found.pk)
    return _page(request, round, found, answer_form=form, status=422)


def _found(request: HttpRequest, round: Round, complaint_id: UUID) -> Complaint:
    seen = visible_complaints(person_of(request), round).select_related(
        "entry__round", "entry__facility", "filed_by", "received_by", "answered_by", "base", "revised"
    )
    return get_object_or_404(seen, pk=complaint_id)


def _act(request: HttpRequest, round: Round, found: Complaint, act: Callable[[], object], done: str) -> HttpResponse:
    must_do(request, HANDLE, round)
    try:
        act()
    except DomainError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, done)
    return redirect("publication:complaint", round.code, found.pk)


def _assign_form(found: Complaint, data: Any = None) -> AssignForm:
    return AssignForm(counted_sheets(found.entry), free_members(found.entry), living_reviews(found), data)


def _page(request: HttpRequest, round: Round, found: Complaint, *, status: int = 200, **forms: Any) -> HttpResponse:
    person = person_of(request)
    may_handle = person.has_perm(HANDLE, round)
    is_open = may_handle and found.state in WORKED_ON
    assign_form = _assign_form(found) if is_open and found.criteria else None
    moved = shifts_for(found, sees_all=not hidden_entries(person, round))
    papers, reviews = list(found.papers.all()), list(living_reviews(found))
    files = StoredFile.objects.in_bulk([one.file_id for one in papers])
    context = {
        "round": round,
        "complaint": found,
        "entry": found.entry,
        "selection": selection_of(found.entry),
        "disputed": disputed_words(found, labels_of(round)),
        "is_late": is_late(found),
        "papers": [(one, files.get(one.file_id)) for one in papers],
        "reviews": reviews,
        "moved": moved,
        "consequences": consequences(found, moved),
        "is_stale": found.is_open and found.base is not None and found.base != result_in_force(round),
        "may_compute": may_handle
        and found.state == ComplaintState.RESCORING
        and found.revised is None
        and all(one.state == ReviewState.LOCKED for one in reviews),
        "may_receive": may_handle and found.state == ComplaintState.FILED,
        "assign_form": assign_form if assign_form and assign_form.has_open_sheets else None,
        "answer_form": AnswerForm() if is_open and may_be_answered(found) else None,
        **forms,
    }
    return render(request, "recognition/desk_complaint.html", context, status=status)
