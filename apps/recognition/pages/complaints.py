"""A facility's complaint about its result: written, followed, added to, taken back."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from apps.accounts.doors import must_see, person_of
from apps.dossiers.models import Entry
from apps.recognition.access import own_complaints
from apps.recognition.doors import of_an_own_entry, serve_paper
from apps.recognition.forms import ComplaintForm, MorePapersForm
from apps.recognition.models import Complaint
from apps.recognition.queries.complaints import disputed_words, labels_of, open_of
from apps.recognition.queries.results import selection_of
from apps.recognition.services import add_papers, file_complaint, withdraw_complaint
from apps.rounds.models import WindowKind
from apps.rounds.services import WindowClosed, require_window
from tieubieu.errors import DomainError
from tieubieu.uploads.models import StoredFile

FILE = "recognition.complaint.file"


@of_an_own_entry
def complain(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The form; after its time a sentence that says when it closed and whom to call."""
    must_see(request, FILE, entry)
    if selection_of(entry) is None:
        raise Http404
    there = open_of(entry)
    if there is not None:
        return redirect("results:complaint", entry.pk, there.code)
    form = ComplaintForm(request.POST or None, request.FILES or None, criteria=entry.round.rules["criteria"])
    try:
        require_window(entry.round, WindowKind.COMPLAINT)
    except WindowClosed as closed:
        typed = request.POST.get("text", "")
        context = {"entry": entry, "closed": closed.message, "typed": typed}
        return render(request, "recognition/complain.html", context, status=409 if request.method == "POST" else 200)
    made = _filed(request, entry, form) if request.method == "POST" else None
    if made is not None:
        return redirect("results:complaint", entry.pk, made.code)
    status = 422 if form.is_bound else 200
    return render(request, "recognition/complain.html", {"entry": entry, "form": form}, status=status)


def of_an_own_complaint(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """`code` becomes the complaint of an entry of one's own facility; else it is the same 404 as none."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, entry_id: UUID, code: str, *args: Any, **kwargs: Any) -> HttpResponse:
        found = get_object_or_404(own_complaints(person_of(request)), entry=entry_id, code=code.upper())
        must_see(request, FILE, found)
        return view(request, found, *args, **kwargs)

    return guarded


@of_an_own_complaint
def complaint(request: HttpRequest, found: Complaint) -> HttpResponse:
    """The receipt, where the complaint stands, and the answer."""
    return _page(request, found, MorePapersForm())


@of_an_own_complaint
@require_POST
def more_papers(request: HttpRequest, found: Complaint) -> HttpResponse:
    """Put papers to an open complaint."""
    form = MorePapersForm(request.POST, request.FILES)
    if form.is_valid() and form.take_in(person_of(request)):
        try:
            add_papers(found.pk, form.proven, actor=person_of(request))
        except DomainError as refused:
            form.add_error("papers", refused.message)
        else:
            messages.success(request, "Đã gửi thêm giấy tờ.")
            return redirect("results:complaint", found.entry_id, found.code)
    return _page(request, found, form, status=422)


@of_an_own_complaint
@require_POST
def withdraw(request: HttpRequest, found: Complaint) -> HttpResponse:
    """Take the complaint back."""
    try:
        withdraw_complaint(found.pk, actor=person_of(request))
    except DomainError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, "Đã rút khiếu nại. Kết quả giữ nguyên như đã công bố.")
    return redirect("results:complaint", found.entry_id, found.code)


@of_an_own_complaint
def paper(request: HttpRequest, found: Complaint, paper_id: UUID) -> HttpResponse:
    """A paper that the facility put to it."""
    return serve_paper(request, found, paper_id)


def _filed(request: HttpRequest, entry: Entry, form: ComplaintForm) -> Complaint | None:
    person = person_of(request)
    if not (form.is_valid() and form.take_in(person)):
        return None
    try:
        return file_complaint(entry.pk, form.claim(), files=form.proven, actor=person)
    except DomainError as refused:
        form.add_error(None, refused.message)
        return None


def _page(request: HttpRequest, found: Complaint, form: MorePapersForm, *, status: int = 200) -> HttpResponse:
    papers = list(found.papers.all())
    files = StoredFile.objects.in_bulk([one.file_id for one in papers])
    context = {
        "complaint": found,
        "entry": found.entry,
        "disputed": disputed_words(found, labels_of(found.round)),
        "papers": [(one, files.get(one.file_id)) for one in papers],
        "form": form,
    }
    return render(request, "recognition/complaint.html", context, status=status)
