"""A complaint is received, its disputed criteria are given to members to mark anew, and it is answered."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from apps.accounts.models import Person
from apps.judging.models import Sheet
from apps.recognition.access import visible_complaints
from apps.recognition.events import ComplaintEvent
from apps.recognition.models import GRANTING, Complaint, Review, Verdict
from apps.recognition.queries.complaints import (
    counted_sheets,
    free_members,
    living_reviews,
    may_be_answered,
    result_in_force,
)
from apps.recognition.services.announcing import tell_of_answer, tell_of_receiving, tell_reviewer
from apps.recognition.services.reviewing import ask_for_revision
from apps.recognition.states import COMPLAINT_MOVES, REVIEW_MOVES, ComplaintState, ReviewState
from apps.rounds.models import Appointment, Round
from apps.rounds.services import share_round
from tieubieu.audit.services import record
from tieubieu.errors import DomainError, NotAllowed, WrongState
from tieubieu.lib.text import nfc
from tieubieu.moves import move
from tieubieu.names import safe_name

LONGEST_ANSWER = 4000


@dataclass(frozen=True)
class Answer:
    """The council's answer; the number is that of the signed letter, when there is one."""

    verdict: Verdict
    text: str
    number: str = ""


@transaction.atomic
def receive_complaint(round: Round, complaint_id: UUID, *, actor: Person) -> Complaint:
    """Say that the complaint is in hand; the facility is told by when it is answered."""
    complaint = _hold(round, complaint_id, actor)
    move(complaint, "receive", COMPLAINT_MOVES, field="state")
    complaint.received_by, complaint.received_at = actor, Now()  # type: ignore[assignment]
    complaint.save(update_fields=["state", "received_by", "received_at"])
    record(ComplaintEvent.RECEIVED, complaint, actor=actor, code=complaint.code)
    tell_of_receiving(complaint)
    return complaint


@transaction.atomic
def assign_reviews(round: Round, complaint_id: UUID, chosen: Mapping[UUID, UUID], *, actor: Person) -> Complaint:
    """Give the disputed criteria to members, each in the place of one sheet that counted (sheet -> seat).

    Sheets that are not named keep their marks. What a member locked stays; an open one that is given elsewhere is
    taken back. Raises `NotAllowed` for a member with a conflict of interest, `DomainError` when nobody or somebody
    twice is chosen, or nothing is disputed that is marked.
    """
    complaint = _hold(round, complaint_id, actor)
    if not complaint.criteria:
        raise DomainError("Khiếu nại này không nêu tiêu chí chấm điểm nào nên không có gì để chấm lại; xin trả lời.")
    move(complaint, "rescore", COMPLAINT_MOVES, field="state")
    pairs = _pairs(complaint, chosen)
    kept = {review.sheet_id: review for review in living_reviews(complaint)}
    _require_locked_stay(kept, pairs)
    made = [_assign(complaint, sheet, member, kept.get(sheet.pk)) for sheet, member in pairs]
    for review in kept.values():
        if review.state == ReviewState.DRAFT and review.sheet_id not in {sheet.pk for sheet, _ in pairs}:
            _drop(review)
    complaint.base, complaint.revised = None, None
    complaint.save(update_fields=["state", "base", "revised"])
    record(ComplaintEvent.ASSIGNED, complaint, actor=actor, code=complaint.code, members=len(pairs))
    for given in made:
        if given is not None:
            tell_reviewer(given)
    ask_for_revision(complaint)
    return complaint


@transaction.atomic
def compute_anew(round: Round, complaint_id: UUID, *, actor: Person) -> Complaint:
    """Ask the workers once more for the result, when it did not come or what it stands on has changed."""
    complaint = _hold(round, complaint_id, actor)
    if not ask_for_revision(complaint):
        raise WrongState("Còn phiếu chấm lại chưa khóa nên chưa tính lại được.")
    return complaint


@transaction.atomic
def answer_complaint(round: Round, complaint_id: UUID, answer: Answer, *, actor: Person) -> Complaint:
    """Record the council's answer (khoản 2 Điều 20 TT 26/2014/TT-BCT) and tell the facility. The list, the decision and
    the certificates stay as they are: what follows from a changed result is decided by people.

    Raises `WrongState` while the new result is not there or stands on one that has changed, `DomainError` without
    words.
    """
    complaint = _hold(round, complaint_id, actor)
    words = nfc(answer.text).replace("\x00", "").strip()
    if not words or len(words) > LONGEST_ANSWER:
        raise DomainError(f"Xin ghi nội dung trả lời, nhiều nhất {LONGEST_ANSWER} ký tự.")
    if complaint.state == ComplaintState.RESCORING:
        _require_computed(complaint, answer.verdict)
    move(complaint, "answer", COMPLAINT_MOVES, field="state")
    complaint.verdict, complaint.answer = answer.verdict, words
    complaint.answer_number = safe_name(answer.number) if answer.number.strip() else ""
    complaint.answered_by, complaint.answered_at = actor, Now()  # type: ignore[assignment]
    complaint.save(update_fields=["state", "verdict", "answer", "answer_number", "answered_by", "answered_at"])
    digests = {
        name: snapshot.digest
        for name, snapshot in (("base", complaint.base), ("revised", complaint.revised))
        if snapshot is not None
    }
    record(ComplaintEvent.ANSWERED, complaint, actor=actor, code=complaint.code, verdict=answer.verdict, **digests)
    tell_of_answer(complaint)
    return complaint


def _hold(round: Round, complaint_id: UUID, actor: Person) -> Complaint:
    """The row lock, the round held as it is; a complaint of which the actor may not know does not exist for them."""
    share_round(round.pk)
    held = visible_complaints(actor, round).select_for_update(no_key=True, of=("self",))
    return held.select_related("entry__round", "entry__facility", "base", "revised").get(pk=complaint_id)


def _pairs(complaint: Complaint, chosen: Mapping[UUID, UUID]) -> list[tuple[Sheet, Appointment]]:
    sheets = {sheet.pk: sheet for sheet in counted_sheets(complaint.entry)}
    members = {member.pk: member for member in free_members(complaint.entry)}
    if not chosen or set(chosen) - set(sheets):
        raise DomainError("Xin chọn ít nhất một phiếu để chấm lại, trong các phiếu đã tính vào kết quả.")
    if set(chosen.values()) - set(members):
        raise NotAllowed("Người được giao phải ở trong Hội đồng hoặc Ban Giám khảo và không có xung đột lợi ích.")
    pairs = [(sheets[sheet], members[member]) for sheet, member in chosen.items()]
    marked = {(sheet.entry_id, sheet.judge.person_id): sheet.pk for sheet in sheets.values()}
    for sheet, member in pairs:
        own = marked.get((sheet.entry_id, member.person_id))
        if own is not None and own != sheet.pk:
            raise DomainError(f"{member.person.full_name} đã chấm hồ sơ này nên chỉ chấm lại phiếu của chính mình.")
    twice = [key for key, n in Counter((sheet.entry_id, member.person_id) for sheet, member in pairs).items() if n > 1]
    if twice:
        raise DomainError("Mỗi người chỉ chấm lại một phiếu của hồ sơ; xin chọn người khác cho phiếu còn lại.")
    return pairs


def _require_locked_stay(kept: Mapping[UUID, Review], pairs: list[tuple[Sheet, Appointment]]) -> None:
    wanted = {sheet.pk: member.person_id for sheet, member in pairs}
    for sheet_id, review in kept.items():
        if review.state == ReviewState.LOCKED and wanted.get(sheet_id) != review.member.person_id:
            raise WrongState(f"Phiếu chấm lại của {review.member.person.full_name} đã khóa nên giữ nguyên.")


def _assign(complaint: Complaint, sheet: Sheet, member: Appointment, there: Review | None) -> Review | None:
    """The new review, or None when the member has it already."""
    if there is not None and there.member.person_id == member.person_id:
        return None
    if there is not None:
        _drop(there)
    return Review.objects.create(complaint=complaint, sheet=sheet, member=member)


def _drop(review: Review) -> None:
    move(review, "drop", REVIEW_MOVES, field="state")
    review.save(update_fields=["state"])


def _require_computed(complaint: Complaint, verdict: Verdict) -> None:
    if not may_be_answered(complaint):
        raise WrongState("Chưa chấm lại xong hoặc chưa tính xong kết quả; xin đợi rồi trả lời.")
    if verdict in GRANTING and complaint.base != result_in_force(complaint.round):
        raise WrongState("Kết quả làm căn cứ đã đổi vì một khiếu nại khác; xin bấm tính lại rồi trả lời.")
