"""A member marks the disputed criteria of one entry anew, and sees no other criterion and nobody's marks."""

from decimal import Decimal
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from apps.accounts.doors import must_see, person_of
from apps.accounts.models import Person
from apps.dossiers.queries import filed_papers, labelled
from apps.dossiers.queries.files import with_files
from apps.judging.doors import Written, answer_of_saving
from apps.judging.frame import box_of
from apps.judging.services import LONGEST_REMARK
from apps.recognition.access import own_reviews
from apps.recognition.doors import serve_paper
from apps.recognition.models import Review
from apps.recognition.queries.complaints import disputed_lines
from apps.recognition.services import lock_review, mark_in, save_review_mark, save_review_remark
from apps.recognition.states import ComplaintState, ReviewState
from apps.rounds.rules import group_name
from tieubieu.binding import current
from tieubieu.errors import DomainError
from tieubieu.uploads.models import StoredFile
from tieubieu.uploads.serving import serve

VARIANTS = ("", "screen", "thumb")
CONTACTS = "facility"
NOBODYS = UUID(int=0)


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
        saved = _kept(review_id, written, person_of(request))
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
    entry = _found(request, review_id).sheet.entry
    asked = request.GET.get("co", "")
    chosen = next((one for one in filed_papers(entry) if one.pk == paper_id), None)
    if chosen is None or asked not in VARIANTS:
        raise Http404
    return serve(request, get_object_or_404(StoredFile, pk=chosen.file_id), asked)


def _kept(review_id: UUID, written: Written, actor: Person) -> Review:
    if written.key is None:
        return save_review_remark(review_id, written.value, version=written.version, actor=actor, **written.base)
    return save_review_mark(review_id, written.key, written.value, version=written.version, actor=actor, **written.base)


def _context(request: HttpRequest, found: Review) -> dict[str, object]:
    entry, lines = found.sheet.entry, disputed_lines(found)
    is_open = found.state == ReviewState.DRAFT and found.complaint.state == ComplaintState.RESCORING
    return {
        "review": found,
        "entry": entry,
        "complaint": found.complaint,
        "is_open": is_open,
        "lines": [box_of(line, mark_in(found, line.key)) for line in lines],
        "longest_remark": LONGEST_REMARK,
        "sheet_key": f"{_drawer()}{found.pk}:{person_of(request).pk}",
        "sign_in_again": f"{reverse('accounts:sign_in')}?next={request.path}",
        "told": [(line, found.marks.get(line.key)) for line in lines] if found.state == ReviewState.LOCKED else [],
        "receipt": " ".join(found.receipt_code[at : at + 4] for at in range(0, len(found.receipt_code), 4)),
        "group_name": group_name(entry.round, entry.group),
        "dossier": labelled(entry.dossier, without=(CONTACTS,)),
        "shelf": with_files(filed_papers(entry)),
        "papers": found.complaint.papers.all(),
        **_leftovers(request),
    }


def _drawer() -> str:
    """Where this browser keeps what could not be sent yet: apart from the sheets of the first scoring."""
    return f"cham-lai:{current().slug}:"


def _leftovers(request: HttpRequest) -> dict[str, str]:
    """Where the person's other reviews, left while the line was down, wait, and where they are sent."""
    page, saving = (reverse(name, args=[NOBODYS]) for name in ("reviews:review", "reviews:save"))
    shown = {"sheet_page": page, "sheet_url": saving}
    sheets = {name: address.replace(str(NOBODYS), "SHEET") for name, address in shown.items()}
    return {"keys_before": _drawer(), "keys_after": str(person_of(request).pk), **sheets}


def _found(request: HttpRequest, review_id: UUID) -> Review:
    own = own_reviews(person_of(request)).select_related(
        "complaint__entry__round", "complaint__entry__facility", "sheet__entry__round", "sheet__entry__dossier__form",
        "sheet__entry__facility",
    )  # fmt: skip
    found = get_object_or_404(own, pk=review_id)
    must_see(request, "recognition.review.mark", found)
    return found
