"""Who reads a published result, who complains about it, and who handles complaints; nobody learns anything of an entry
on which they have a conflict of interest."""

import rules
from django.db.models import Exists, OuterRef, QuerySet

from apps.accounts.access import AUTHORITY, Hat, allow
from apps.accounts.models import Person
from apps.councils.models import Selection
from apps.dossiers.access import own_entries
from apps.judging.access import has_conflict, unconflicted_entries
from apps.recognition.models import Complaint, Review
from apps.recognition.states import ComplaintState, ReviewState
from apps.rounds.access import has_public_results, round_of
from apps.rounds.models import Round


@rules.predicate
def is_published(_: Person, subject: object = None) -> bool:
    round = round_of(subject)
    return round is not None and has_public_results(round)


allow(
    "recognition.result.see",
    "Xem kết quả bình chọn của cơ sở mình",
    Hat.OWNER,
    Hat.STAFF,
    when=is_published,
    condition="kỳ đã công bố",
)
allow(
    "recognition.publication.see",
    "Xem cơ sở nào đã được báo kết quả",
    *AUTHORITY,
    Hat.COMMUNE_OFFICER,
    Hat.CHAIR,
    Hat.SECRETARY,
    when=is_published,
    condition="kỳ đã công bố",
)


def visible_selections(person: Person, round: Round) -> QuerySet[Selection]:
    """The list face of `recognition.publication.see`: nothing of an entry on which the person has a conflict."""
    return Selection.objects.filter(
        session__round=round, session__closed_at__isnull=False, entry__in=unconflicted_entries(person, round)
    )


PUBLISHED = "kỳ đã công bố"
allow(
    "recognition.complaint.file",
    "Khiếu nại về kết quả của cơ sở mình, gửi thêm giấy tờ, rút khiếu nại",
    Hat.OWNER,
    Hat.STAFF,
    when=is_published,
    condition=PUBLISHED,
)
allow(
    "recognition.complaint.see",
    "Xem khiếu nại về kết quả",
    *AUTHORITY,
    Hat.COMMUNE_OFFICER,
    Hat.CHAIR,
    Hat.SECRETARY,
    when=is_published,
    condition=PUBLISHED,
)
allow(
    "recognition.complaint.handle",
    "Nhập khiếu nại nhận bằng giấy, tiếp nhận khiếu nại, giao chấm lại, ghi trả lời của Hội đồng",
    Hat.OFFICER,
    Hat.COMMUNE_OFFICER,
    Hat.SECRETARY,
    when=is_published,
    condition="kỳ đã công bố; không có xung đột lợi ích với hồ sơ",
)
allow(
    "recognition.review.mark",
    "Chấm lại tiêu chí bị khiếu nại được giao",
    Hat.COUNCIL_MEMBER,
    Hat.JUDGE,
    condition="phiếu chấm lại của mình; không có xung đột lợi ích với hồ sơ",
)


def visible_complaints(person: Person, round: Round) -> QuerySet[Complaint]:
    """The list face of `recognition.complaint.see` and `.handle`."""
    return Complaint.objects.filter(entry__in=unconflicted_entries(person, round))


def own_complaints(person: Person) -> QuerySet[Complaint]:
    """The list face of `recognition.complaint.file`: those of the facilities that the person acts for."""
    return Complaint.objects.filter(entry__in=own_entries(person)).select_related("entry__round", "entry__facility")


def own_reviews(person: Person) -> QuerySet[Review]:
    """The list face of `recognition.review.mark`: what was given to the person and not taken back; nothing of an entry
    on which they have a conflict."""
    found = Review.objects.filter(~has_conflict(person, entry="complaint__entry__"), member__person=person)
    return found.exclude(state=ReviewState.DROPPED)


def has_reviews() -> Exists:
    """Whether an appointment has any of them."""
    given = Review.objects.exclude(state=ReviewState.DROPPED).filter(member=OuterRef("pk"))
    return Exists(given.filter(~has_conflict(OuterRef("member__person"), entry="complaint__entry__")))


def waiting_reviews(person: Person) -> QuerySet[Review]:
    """Of those the ones that wait for the person."""
    return own_reviews(person).filter(state=ReviewState.DRAFT, complaint__state=ComplaintState.RESCORING)
