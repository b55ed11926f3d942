"""A member marks the disputed criteria anew; when all have, the result is computed once more."""

import secrets
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from apps.accounts.models import Person
from apps.judging.queries import plain
from apps.judging.services import clean_remark, receipt
from apps.judging.services.marking import (
    UNSEEN,
    is_to_be_written,
    line_of,
    remark_to_write,
    require_complete,
    require_legal,
)
from apps.judging.services.revising import revise_snapshot
from apps.recognition.access import own_reviews
from apps.recognition.events import ComplaintEvent
from apps.recognition.models import Complaint, Review
from apps.recognition.queries.complaints import disputed_lines, living_reviews, result_in_force
from apps.recognition.services.announcing import tell_of_result
from apps.recognition.states import REVIEW_MOVES, ComplaintState, ReviewState
from apps.rounds.services import lock_round
from tieubieu.audit.services import record
from tieubieu.errors import WrongState
from tieubieu.moves import move
from tieubieu.outbox.services import emit

REVISE = "scoring.revise_snapshot"


@transaction.atomic
def save_review_mark(
    review_id: UUID, key: str, value: Decimal | None, *, version: int, actor: Person, base: Decimal | None = UNSEEN
) -> Review:
    """Save one box of an open review, under the rules of a sheet (`save_mark`): what two tabs wrote at once is never
    overwritten silently."""
    review = _own_open(review_id, actor)
    line, there = line_of(disputed_lines(review), key), mark_in(review, key)
    if is_to_be_written(line, value, there=there, present=review.version, version=version, base=base):
        _write(review, {key: value})
    return review


@transaction.atomic
def save_review_remark(review_id: UUID, text: str, *, version: int, actor: Person, base: str = UNSEEN) -> Review:
    """Save the remark of an open review, under the same rules as a mark."""
    review = _own_open(review_id, actor)
    remark = remark_to_write(text, there=review.remark, present=review.version, version=version, base=base)
    if remark is not None:
        review.remark = remark
        _write(review, {})
    return review


@transaction.atomic
def save_review(review_id: UUID, marks: Mapping[str, Decimal | None], *, remark: str, actor: Person) -> Review:
    """Save a whole open review at once; `marks` by the keys of the disputed lines."""
    review = _own_open(review_id, actor)
    lines = disputed_lines(review)
    for key, value in marks.items():
        require_legal(line_of(lines, key), value)
    review.remark = clean_remark(remark)
    _write(review, marks)
    return review


@transaction.atomic
def lock_review(review_id: UUID, *, actor: Person) -> Review:
    """Lock what was saved of every disputed line; the receipt lets the member prove later what was locked.

    Somebody else's review does not exist for the actor, nor one on whose entry they have a conflict. Raises
    `DomainError` for a missing mark, `WrongState` once it is locked or the complaint is closed.
    """
    complaint_id = own_reviews(actor).values_list("complaint", flat=True).get(pk=review_id)
    complaint = (
        Complaint.objects.select_for_update(no_key=True, of=("self",))
        .select_related("entry__round")
        .get(pk=complaint_id)
    )
    review = _own_open(review_id, actor)
    lines = disputed_lines(review)
    require_complete(lines, {line.key: mark_in(review, line.key) for line in lines})
    move(review, "lock", REVIEW_MOVES, field="state")
    review.marks = {line.key: review.marks[line.key] for line in lines}
    review.nonce = secrets.token_hex(16)
    review.receipt_code = receipt({"review": review.pk}, nonce=review.nonce, scores=review.marks, remark=review.remark)
    review.locked_at = Now()  # type: ignore[assignment]
    review.save(update_fields=["state", "marks", "nonce", "receipt_code", "locked_at"])
    record(ComplaintEvent.REVIEW_LOCKED, review, actor=actor, code=complaint.code, receipt=review.receipt_code)
    ask_for_revision(complaint)
    return review


def mark_in(review: Review, key: str) -> Decimal | None:
    """What stands in a box of the review; None when nothing was given."""
    return Decimal(review.marks[key]) if key in review.marks else None


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
    complaint = (
        Complaint.objects.select_for_update(no_key=True, of=("self",))
        .select_related("entry__round")
        .get(pk=complaint_id)
    )
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


def _own_open(review_id: UUID, actor: Person) -> Review:
    """The row lock for a member's own open review; raises `WrongState` when it is open no more."""
    held = (
        own_reviews(actor)
        .select_for_update(no_key=True, of=("self",))
        .select_related("sheet__entry", "complaint__entry__round")
    )
    review = held.get(pk=review_id)
    if review.state != ReviewState.DRAFT:
        raise WrongState("Phiếu chấm lại đã khóa nên giữ nguyên.", state=review.state)
    if review.complaint.state != ComplaintState.RESCORING:
        raise WrongState("Khiếu nại này không còn được chấm lại.")
    return review


def _write(review: Review, marks: Mapping[str, Decimal | None]) -> None:
    kept = {key: mark for key, mark in review.marks.items() if key not in marks}
    review.marks = kept | {key: plain(value) for key, value in marks.items() if value is not None}
    review.version += 1
    review.save(update_fields=["marks", "remark", "version"])


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
