"""A member marks the disputed criteria anew; when all have, the result is computed once more."""

import hashlib
import secrets
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from apps.accounts.models import Person
from apps.judging.queries import plain
from apps.judging.services import clean_remark
from apps.judging.services.marking import require_legal
from apps.judging.services.revising import revise_snapshot
from apps.recognition.access import own_reviews
from apps.recognition.events import ComplaintEvent
from apps.recognition.models import Complaint, Review
from apps.recognition.queries.complaints import disputed_lines, living_reviews, result_in_force
from apps.recognition.services.announcing import tell_of_result
from apps.recognition.states import REVIEW_MOVES, ComplaintState, ReviewState
from apps.rounds.services import lock_round
from tieubieu.audit.services import record
from tieubieu.errors import DomainError, WrongState
from tieubieu.lib.canonical import canonical_json
from tieubieu.moves import move
from tieubieu.outbox.services import emit

REVISE = "scoring.revise_snapshot"


@transaction.atomic
def lock_review(review_id: UUID, marks: Mapping[str, Decimal], *, remark: str, actor: Person) -> Review:
    """Lock the marks of every disputed line; the receipt lets the member prove later what was locked.

    Somebody else's review does not exist for the actor, nor one on whose entry they have a conflict. Raises
    `DomainError` for a missing or illegal mark, `WrongState` once it is locked or the complaint is closed.
    """
    complaint_id = own_reviews(actor).values_list("complaint", flat=True).get(pk=review_id)
    complaint = Complaint.objects.select_for_update(of=("self",)).select_related("entry__round").get(pk=complaint_id)
    held = own_reviews(actor).select_for_update(of=("self",)).select_related("sheet__entry", "complaint__entry__round")
    review = held.get(pk=review_id)
    if complaint.state != ComplaintState.RESCORING:
        raise WrongState("Khiếu nại này không còn được chấm lại.")
    lines = disputed_lines(review)
    missing = [line.part or line.criterion for line in lines if marks.get(line.key) is None]
    if missing:
        raise DomainError(f"Còn nội dung chưa chấm: {', '.join(missing)}.", missing=missing)
    for line in lines:
        require_legal(line, marks[line.key])
    move(review, "lock", REVIEW_MOVES, field="state")
    review.marks = {line.key: plain(marks[line.key]) for line in lines}
    review.remark, review.nonce = clean_remark(remark), secrets.token_hex(16)
    review.receipt_code = _receipt(review)
    review.locked_at = Now()  # type: ignore[assignment]
    review.save(update_fields=["state", "marks", "remark", "nonce", "receipt_code", "locked_at"])
    record(ComplaintEvent.REVIEW_LOCKED, review, actor=actor, code=complaint.code, receipt=review.receipt_code)
    ask_for_revision(complaint)
    return review


def ask_for_revision(complaint: Complaint) -> bool:
    """Have a worker compute the result once every review is locked; the caller holds the complaint."""
    states = list(living_reviews(complaint).values_list("state", flat=True))
    is_ready = complaint.state == ComplaintState.RESCORING and set(states) == {ReviewState.LOCKED}
    if is_ready:
        emit(REVISE, complaint_id=str(complaint.pk))
    return is_ready


@transaction.atomic
def compute_revision(complaint_id: UUID) -> Complaint:
    """Rank the result in force with the disputed marks replaced; a second run finds it done.

    Nothing happens when a review was opened, or the complaint closed, meanwhile.
    """
    round = lock_round(Complaint.objects.values_list("entry__round", flat=True).get(pk=complaint_id))
    complaint = Complaint.objects.select_for_update(of=("self",)).select_related("entry__round").get(pk=complaint_id)
    reviews = list(living_reviews(complaint))
    if complaint.state != ComplaintState.RESCORING or {one.state for one in reviews} != {ReviewState.LOCKED}:
        return complaint
    base = result_in_force(round)
    revised = revise_snapshot(base, _replacing(reviews))
    if (complaint.base_id, complaint.revised_id) == (base.pk, revised.pk):
        return complaint
    complaint.base, complaint.revised = base, revised
    complaint.save(update_fields=["base", "revised"])
    record(ComplaintEvent.REVISED, complaint, actor=None, code=complaint.code, base=base.digest, revised=revised.digest)
    tell_of_result(complaint)
    return complaint


def _replacing(reviews: list[Review]) -> dict[str, dict[str, dict[str, str]]]:
    """The new marks as the ranking takes them: each criterion the exact sum of its parts."""
    found: dict[str, dict[str, dict[str, str]]] = defaultdict(dict)
    for review in reviews:
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for line in disputed_lines(review):
            sums[line.criterion] += Decimal(review.marks[line.key])
        sheet = review.sheet
        found[sheet.entry.code][str(sheet.judge_id)] = {code: plain(value) for code, value in sums.items()}
    return found


def _receipt(review: Review) -> str:
    content = {"nonce": review.nonce, "review": str(review.pk), "scores": review.marks, "remark": review.remark}
    return hashlib.sha256(canonical_json(content)).hexdigest()
