"""A member marks the disputed criteria of one entry anew, and sees no other criterion and nobody's marks."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from apps.accounts.doors import must_see, person_of
from apps.dossiers.queries import filed_papers, labelled
from apps.dossiers.queries.files import with_files
from apps.judging.forms import PaperForm
from apps.recognition.access import own_reviews
from apps.recognition.doors import serve_paper
from apps.recognition.models import Review
from apps.recognition.queries.complaints import disputed_lines
from apps.recognition.services import lock_review
from apps.recognition.states import ComplaintState, ReviewState
from apps.rounds.rules import group_name
from tieubieu.errors import DomainError
from tieubieu.uploads.models import StoredFile
from tieubieu.uploads.serving import serve

VARIANTS = ("", "screen", "thumb")
CONTACTS = "facility"


@login_required
def my_reviews(request: HttpRequest) -> HttpResponse:
    """What was given to this person to mark anew, the open ones first."""
    found = own_reviews(person_of(request)).select_related("complaint__entry__round", "complaint__entry__facility")
    return render(request, "recognition/my_reviews.html", {"reviews": found.order_by("state", "-assigned_at")})


@login_required
def review(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """The boxes of the disputed criteria; a sheet that is refused comes back as it was typed."""
    found = _found(request, review_id)
    lines = disputed_lines(found)
    form = PaperForm(lines, request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.typed()
        try:
            lock_review(found.pk, typed.marks, remark=typed.remark, actor=person_of(request))
            return redirect("reviews:review", found.pk)
        except DomainError as refused:
            place = str(refused.facts.get("criterion", ""))
            form.add_error(place if place in form.fields else None, refused.message)
    entry = found.sheet.entry
    is_open = found.state == ReviewState.DRAFT and found.complaint.state == ComplaintState.RESCORING
    context = {
        "review": found,
        "entry": entry,
        "complaint": found.complaint,
        "form": form if is_open or form.is_bound else None,
        "told": [(line, found.marks.get(line.key)) for line in lines] if found.state == ReviewState.LOCKED else [],
        "receipt": " ".join(found.receipt_code[at : at + 4] for at in range(0, len(found.receipt_code), 4)),
        "group_name": group_name(entry.round, entry.group),
        "dossier": labelled(entry.dossier, without=(CONTACTS,)),
        "shelf": with_files(filed_papers(entry)),
        "papers": found.complaint.papers.all(),
    }
    return render(request, "recognition/review.html", context, status=422 if form.is_bound else 200)


@login_required
def complaint_paper(request: HttpRequest, review_id: UUID, paper_id: UUID) -> HttpResponse:
    """A paper that the facility put to its complaint."""
    return serve_paper(request, _found(request, review_id).complaint, paper_id)


@login_required
def dossier_paper(request: HttpRequest, review_id: UUID, paper_id: UUID) -> HttpResponse:
    """A photo or paper of the entry itself."""
    entry = _found(request, review_id).sheet.entry
    asked = request.GET.get("co", "")
    chosen = next((one for one in filed_papers(entry) if one.pk == paper_id), None)
    if chosen is None or asked not in VARIANTS:
        raise Http404
    return serve(request, get_object_or_404(StoredFile, pk=chosen.file_id), asked)


def _found(request: HttpRequest, review_id: UUID) -> Review:
    own = own_reviews(person_of(request)).select_related(
        "complaint__entry__round", "complaint__entry__facility", "sheet__entry__round", "sheet__entry__dossier__form",
        "sheet__entry__facility",
    )  # fmt: skip
    found = get_object_or_404(own, pk=review_id)
    must_see(request, "recognition.review.mark", found)
    return found
