"""A round in scoring with far more judges than a panel has, each signed in, and sheets of twelve sub-criteria."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from apps.accounts.models import Person
from apps.dossiers.measuring.crowd import GROUP, open_for_filing, owner, signed_in
from apps.dossiers.models import Entry
from apps.dossiers.services import draft_entry
from apps.dossiers.states import EntryState
from apps.judging.frame import lines_for
from apps.judging.models import Sheet
from apps.judging.services import start_scoring
from apps.rounds.models import Appointment, Body, Post, Round
from apps.rounds.services import advance

ENTRIES = 10
# Three parts of each of the four legal criteria (Điều 16.1 TT 26/2014/TT-BCT): 40, 40, 10, 10.
SHARES = {"C1": ("20", "10", "10"), "C2": ("20", "10", "10"), "C3": ("4", "3", "3"), "C4": ("4", "3", "3")}
PARTS = {
    criterion: [
        {"code": f"{criterion[1]}.{place}", "label": f"Nội dung {place}", "max": most}
        for place, most in enumerate(shares, 1)
    ]
    for criterion, shares in SHARES.items()
}


@dataclass(frozen=True)
class Judge:
    """Who marks: a session, and the sheets in the order in which they are filled."""

    session: str
    sheets: list[UUID]


@dataclass(frozen=True)
class Panel:
    """`boxes` are the keys of a sheet's boxes with the most each may get."""

    round: Round
    officer: Person
    judges: list[Judge]
    boxes: dict[str, Decimal]


def gather(judges: int) -> Panel:
    """So many judges before ten entries. Call inside a fresh province."""
    round = open_for_filing({"parts": PARTS})
    officer = Person.objects.get(login="chuyen-vien")
    seats = _seat(round, judges)
    _accept_entries(round)
    advance(round.pk, "close_filing", actor=officer)
    round = start_scoring(round.pk, actor=officer)
    boxes = {line.key: line.most for line in lines_for(round.rules, GROUP)}
    return Panel(round, officer, [_judge(seat) for seat in seats], boxes)


def _seat(round: Round, judges: int) -> list[Appointment]:
    """The seats of the panel, filled up to so many; nobody would appoint so many one by one."""
    taken = round.appointments.filter(body=Body.PANEL).count()
    people = [
        Person.objects.create_person(f"giam-khao-{n}", full_name=f"Giám khảo {n}") for n in range(taken + 1, judges + 1)
    ]
    Appointment.objects.bulk_create(
        [
            Appointment(round=round, person=person, body=Body.PANEL, post=Post.MEMBER, seat=seat)
            for seat, person in enumerate(people, taken + 1)
        ]
    )
    return list(round.appointments.filter(body=Body.PANEL).select_related("person").order_by("seat")[:judges])


def _accept_entries(round: Round) -> None:
    """Entries found in order, with as little in their dossiers as scoring needs."""
    for n in range(1, ENTRIES + 1):
        holder = owner(n)
        model = draft_entry(round.pk, products=[holder.product], name=f"Sản phẩm {n}", actor=holder.person)
        Entry.objects.filter(pk=model.pk).update(state=EntryState.ACCEPTED, code=f"DO-{n:03}")


def _judge(seat: Appointment) -> Judge:
    sheets = Sheet.objects.filter(judge=seat).order_by("entry__code")
    return Judge(signed_in(seat.person), list(sheets.values_list("pk", flat=True)))
