"""Complaints of a round for the authority and of an entry for its facility; which result counts, what a new one
moves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from apps.accounts.models import Person
from apps.dossiers.models import Entry
from apps.judging.access import unconflicted_entries
from apps.judging.frame import SheetLine, lines_for
from apps.judging.models import Sheet, Snapshot
from apps.judging.queries import barred_pairs
from apps.judging.states import SheetState
from apps.recognition.access import visible_complaints
from apps.recognition.models import GRANTING, Complaint, Review
from apps.recognition.queries.results import scored_entries
from apps.recognition.states import OPEN_COMPLAINTS, ComplaintState, ReviewState
from apps.rounds.models import Appointment, Body, Round
from apps.rounds.queries.days import working_calendar
from tieubieu.lib.workdays import OutsideCalendar, add_working_days

ANSWER_DAYS = 10  # khoản 2 Điều 20, where the frozen rules say nothing
BODIES = (Body.PANEL, Body.COUNCIL)


def answer_due(round: Round, filed_at: datetime) -> date | None:
    """The last working day for the answer (khoản 2 Điều 20); None past the days that are known."""
    day = timezone.localdate(filed_at)
    clock: Mapping[str, Any] = round.rules.get("clocks", {}).get("complaint_answer", {})
    try:
        return add_working_days(day, clock.get("working_days", ANSWER_DAYS), working_calendar(day))
    except OutsideCalendar:
        return None


@dataclass(frozen=True)
class Line:
    """A complaint as lists show it; `late` when it is open past its day."""

    complaint: Complaint
    disputed: str
    assigned: int
    locked: int
    is_late: bool


def lines_of(round: Round, person: Person) -> list[Line]:
    """The complaints that the person may know of, the open ones first, the nearest day first; one query."""
    living = ~Q(reviews__state=ReviewState.DROPPED)
    found = (
        visible_complaints(person, round)
        .select_related("entry__facility", "filed_by", "received_by", "answered_by")
        .annotate(
            assigned=Count("reviews", filter=living),
            locked=Count("reviews", filter=Q(reviews__state=ReviewState.LOCKED)),
        )
    )
    today, labels = timezone.localdate(), labels_of(round)
    lines = [_line(complaint, today, labels) for complaint in found]
    return sorted(lines, key=lambda line: (not line.complaint.is_open, line.complaint.due_on or date.max))


def labels_of(round: Round) -> dict[str, str]:
    """The round's criteria by code."""
    return {one["code"]: one["label"] for one in round.rules["criteria"]}


def disputed_words(complaint: Complaint, labels: Mapping[str, str]) -> str:
    return "; ".join(labels.get(code, code) for code in complaint.criteria) or "Nội dung khác"


def may_be_answered(complaint: Complaint) -> bool:
    """Whether nothing is awaited any more: what is marked anew comes before the answer, and the result after it."""
    return complaint.state != ComplaintState.RESCORING or complaint.revised_id is not None


def is_late(complaint: Complaint) -> bool:
    return _is_late(complaint, timezone.localdate())


def disputed_lines(review: Review) -> list[SheetLine]:
    """The boxes of the disputed criteria, in the order of the form, and no other."""
    lines = lines_for(review.round.rules, review.sheet.entry.group)
    return [line for line in lines if line.criterion in review.complaint.criteria]


def counted_sheets(entry: Entry) -> list[Sheet]:
    """The sheets behind the entry's result; of a set made after scoring, those of its products."""
    locked = Sheet.objects.filter(entry__in=scored_entries(entry), state=SheetState.LOCKED)
    return list(locked.select_related("judge__person", "entry").order_by("entry__code", "judge__seat"))


def free_members(entry: Entry) -> list[Appointment]:
    """Panel and council members without a conflict of interest there, each person once."""
    barred = barred_pairs(entry.round)
    seats = entry.round.appointments.filter(body__in=BODIES).select_related("person").order_by("-body", "seat")
    found: dict[UUID, Appointment] = {}
    for seat in seats:
        if (seat.pk, entry.pk) not in barred:
            found.setdefault(seat.person_id, seat)
    return list(found.values())


def living_reviews(complaint: Complaint) -> QuerySet[Review]:
    """The reviews that count or will; who was taken off is left out."""
    living = complaint.reviews.exclude(state=ReviewState.DROPPED)
    return living.select_related(
        "member__person", "sheet__judge__person", "sheet__entry", "complaint__entry__round"
    ).order_by("assigned_at", "pk")


def result_in_force(round: Round) -> Snapshot:
    """What the council selected from, or what the latest complaint that was granted made of it."""
    granted = Complaint.objects.filter(
        entry__round=round, state=ComplaintState.ANSWERED, verdict__in=GRANTING, revised__isnull=False
    )
    latest = granted.select_related("revised").order_by("-answered_at").first()
    if latest is not None and latest.revised is not None:
        return latest.revised
    return round.sessions.exclude(closed_at=None).select_related("snapshot").latest("closed_at").snapshot


def disputable_entries(person: Person, round: Round) -> QuerySet[Entry]:
    """The entries with a result and no open complaint, as far as the person may know of them."""
    known = unconflicted_entries(person, round).filter(selections__session__closed_at__isnull=False)
    waiting = Complaint.objects.filter(state__in=OPEN_COMPLAINTS).values("entry")
    return known.exclude(pk__in=waiting).select_related("facility").distinct().order_by("code")


def open_of(entry: Entry) -> Complaint | None:
    return entry.complaints.filter(state__in=OPEN_COMPLAINTS).first()


@dataclass(frozen=True)
class Shift:
    """One entry that stands otherwise in the new result than in the one it cites."""

    code: str
    name: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]

    @property
    def is_crossing(self) -> bool:
        """Whether it passes now and did not, or the other way round."""
        return bool(self.before["passed"] != self.after["passed"])


def shifts(complaint: Complaint) -> list[Shift]:
    """Whose total, rank or passing differs between the two results of a complaint, the complaint's own first."""
    if complaint.base is None or complaint.revised is None:
        return []
    before = {line["id"]: line for line in complaint.base.body["results"]}
    moved = [line for line in complaint.revised.body["results"] if _differs(before[line["id"]], line)]
    codes = [line["id"] for line in moved]
    names = dict(Entry.objects.filter(round=complaint.round, code__in=codes).values_list("code", "name"))
    own = {entry.code for entry in scored_entries(complaint.entry)}
    found = [Shift(line["id"], names.get(line["id"], ""), before[line["id"]], line) for line in moved]
    return sorted(found, key=lambda one: (one.code not in own, one.after["group"], one.after["rank"] or 0, one.code))


def _differs(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    return any(before[name] != after[name] for name in ("total_exact", "rank", "tied", "passed"))


def _line(complaint: Complaint, today: date, labels: Mapping[str, str]) -> Line:
    counts: Any = complaint
    return Line(
        complaint, disputed_words(complaint, labels), counts.assigned, counts.locked, _is_late(complaint, today)
    )


def _is_late(complaint: Complaint, today: date) -> bool:
    return complaint.is_open and complaint.due_on is not None and complaint.due_on < today
