"""Where each sheet stands on its way from paper to lock, and what was printed. No value leaves."""

from django.db.models import Q

from apps.accounts.models import Person
from apps.judging.access import visible_sheets
from apps.judging.models import Sheet
from apps.judging.states import SheetState
from apps.rounds.models import Appointment, Body, Post, Round
from apps.rounds.states import Capability
from tieubieu.documents.models import Document


def paper_rows(round: Round, person: Person) -> list[Sheet]:
    """The open sheets, and those that came from paper; each with its `paper_case` when it has one."""
    found = visible_sheets(person, round).select_related("paper_case__first_by", "paper_case__second_by")
    wanted = found.filter(state=SheetState.DRAFT) | found.filter(paper_case__isnull=False)
    return list(wanted.order_by("judge__seat", "entry__code"))


def printed_for(round: Round, kind: str) -> list[tuple[Appointment, Document | None]]:
    """Each judge with the paper that was made last for them."""
    judges = list(round.appointments.filter(body=Body.PANEL).select_related("person").order_by("seat"))
    ids = [str(judge.pk) for judge in judges]
    made = Document.objects.filter(kind=kind, subject_kind="rounds.appointment", subject_id__in=ids).order_by("made_at")
    latest = {document.subject_id: document for document in made}
    return [(judge, latest.get(str(judge.pk))) for judge in judges]


def paper_rounds(person: Person) -> list[Round]:
    """The rounds being scored in which the person may type paper: the list face of `judging.paper.type`."""
    seats = Appointment.objects.filter(person=person)
    typists = seats.filter(Q(body=Body.SUPPORT) | Q(body=Body.COUNCIL, post=Post.SECRETARY))
    found = Round.objects.filter(pk__in=typists.values("round")).exclude(
        pk__in=seats.filter(body=Body.PANEL).values("round")
    )
    return [round for round in found.order_by("code") if round.may(Capability.SCORE)]
