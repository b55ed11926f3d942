"""A member marks the disputed criteria of one entry anew, and sees no other criterion and nobody's marks."""

from decimal import Decimal
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from apps.accounts.doors import must_see, person_of
from apps.judging.doors import Written, answer_of_saving, in_groups, leftovers_of, screen_of, serve_dossier_paper
from apps.judging.frame import box_of
from apps.recognition.access import own_reviews
from apps.recognition.doors import serve_paper
from apps.recognition.models import Review
from apps.recognition.queries.complaints import disputed_lines
from apps.recognition.services import lock_review, mark_in, save_review_mark, save_review_remark
from apps.recognition.states import ComplaintState, ReviewState
from tieubieu.errors import DomainError


@login_required
def my_reviews(request: HttpRequest) -> HttpResponse:
    """What was given to this person to mark anew, the open ones first."""
    found = own_reviews(person_of(request)).select_related("complaint__entry__round", "complaint__entry__facility")
    context = {"reviews": found.order_by("state", "-assigned_at"), **_leftovers(request)}
    return render(request, "recognition/my_reviews.html", context)


@login_required
def review(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """The boxes of the disputed criteria, each saved as it is left."""
    found = _found(request, review_id)
    return render(request, "recognition/review.html", _context(request, found))


@login_required
@require_POST
def save(request: HttpRequest, review_id: UUID) -> JsonResponse:
    """Autosave of one box."""

    def kept(written: Written) -> tuple[int, Decimal]:
        saved = written.put(review_id, mark=save_review_mark, remark=save_review_remark, actor=person_of(request))
        return saved.version, sum(map(Decimal, saved.marks.values()), Decimal())

    try:
        return answer_of_saving(request, kept)
    except Review.DoesNotExist as missing:
        raise Http404 from missing


@login_required
@require_POST
def lock(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Lock the review and show the receipt; an incomplete one comes back with what is missing."""
    found = _found(request, review_id)
    try:
        lock_review(found.pk, actor=person_of(request))
    except DomainError as refused:
        messages.error(request, refused.message)
    return redirect("reviews:review", found.pk)


@login_required
def complaint_paper(request: HttpRequest, review_id: UUID, paper_id: UUID) -> HttpResponse:
    """A paper that the facility put to its complaint."""
    return serve_paper(request, _found(request, review_id).complaint, paper_id)


@login_required
def dossier_paper(request: HttpRequest, review_id: UUID, paper_id: UUID) -> HttpResponse:
    """A photo or paper of the entry itself."""
    return serve_dossier_paper(request, _found(request, review_id).sheet.entry, paper_id)


def _context(request: HttpRequest, found: Review) -> dict[str, object]:
    lines = disputed_lines(found)
    is_open = found.state == ReviewState.DRAFT and found.complaint.state == ComplaintState.RESCORING
    return {
        **screen_of(request, found.sheet.entry, found.pk, _leftovers(request)),
        "review": found,
        "complaint": found.complaint,
        "is_open": is_open,
        "lines": [box_of(line, mark_in(found, line.key)) for line in lines],
        "told": [(line, found.marks.get(line.key)) for line in lines] if found.state == ReviewState.LOCKED else [],
        "receipt": in_groups(found.receipt_code),
        "papers": found.complaint.papers.all(),
    }


def _leftovers(request: HttpRequest) -> dict[str, str]:
    return leftovers_of(request, page="reviews:review", saving="reviews:save", drawer="cham-lai:")


def _found(request: HttpRequest, review_id: UUID) -> Review:
    own = own_reviews(person_of(request)).select_related(
        "complaint__entry__round", "complaint__entry__facility", "sheet__entry__round", "sheet__entry__dossier__form",
        "sheet__entry__facility",
    )  # fmt: skip
    found = get_object_or_404(own, pk=review_id)
    must_see(request, "recognition.review.mark", found)
    return found
