"""A member with a conflict of interest learns nothing of the entry from the council's session: every page and file ×
every role × every moment, from the opening to the decision; nor does the program of a partner.

The first entry is the tempting one: it is put to the vote alone, and selected. The same people without a conflict see
it, which is the negative control of each cell.
"""

import io
from collections.abc import Callable

import pytest
import python_calamine
from browsers import at
from chamber import Chamber, marked
from interests import declared
from programs import answers_of, introduced
from stage import MARKS, PAPER

from apps.accounts.models import Person, Role, RoleGrant
from apps.councils.models import Session
from apps.councils.services import Votes, close_ballot, close_session, convene
from apps.judging.services import uphold_conflict
from apps.recognition.services import issue_certificates, publish_results, record_decision
from apps.rounds.models import Body, Post

pytestmark = pytest.mark.usefixtures("in_daklak")
ROUND = "/ky-binh-chon/THU-2026/"
DESK = (
    f"{ROUND}hoi-dong/",
    f"{ROUND}hoi-dong/tinh-hinh/",
    f"{ROUND}hoi-dong/theo-doi/",
    f"{ROUND}hoi-dong/theo-doi/phan/",
    f"{ROUND}hoi-dong/bien-ban/",
    f"{ROUND}hoi-dong/danh-sach.xlsx",
    "/ky-binh-chon/hop-hoi-dong/",
)
AFTER = (ROUND, f"{ROUND}quyet-dinh/", f"{ROUND}giay-chung-nhan/", f"{ROUND}cong-bo/", f"{ROUND}de-cu/", "/thong-bao/")
PAGES = (*DESK, *AFTER)


def opened(chamber: Chamber) -> None:
    pass


def voting(chamber: Chamber) -> None:
    chamber.opened(0)


def voted(chamber: Chamber) -> None:
    ballot = chamber.opened(0)
    close_ballot(ballot.pk, hands=Votes(ballot.entitled), actor=chamber.officer)


def closed(chamber: Chamber) -> None:
    voted(chamber)
    chamber.voted(1)
    close_session(chamber.session.pk, actor=chamber.officer)


def decided(chamber: Chamber) -> None:
    closed(chamber)
    record_decision(chamber.stage.round.pk, PAPER, actor=chamber.officer)
    issue_certificates(chamber.stage.round.pk, actor=chamber.officer)


MOMENTS: dict[str, Callable[[Chamber], None]] = {
    "opened": opened, "voting": voting, "voted": voted, "closed": closed, "decided": decided,
}  # fmt: skip
# Where somebody without a conflict reads of the entry at every moment.
OPEN_TO_ALL = (DESK[0], DESK[2], DESK[3], DESK[5])


def people(chamber: Chamber) -> dict[str, Person]:
    """The chair, the secretary, a member, and an officer who sits on the council too."""
    chair, secretary, member, officer = (seat.person for seat in chamber.members[:4])
    return {"chair": chair, "secretary": secretary, "member": member, "officer": officer}


def scene(*, conflicted: bool) -> Chamber:
    stage = marked(MARKS, MARKS)
    seats = stage.round.appointments.filter(body=Body.COUNCIL).order_by("seat")
    seats.filter(person=stage.council[1]).update(post=Post.SECRETARY)
    RoleGrant.objects.create(person=stage.council[3], role=Role.OFFICER)
    for who in stage.council[:4] if conflicted else []:
        uphold_conflict(declared(stage, who).pk, actor=stage.officer)
    session: Session = convene(
        stage.round.pk, present=[seat.pk for seat in seats], secretary=stage.officer.pk, actor=stage.officer
    )
    return Chamber(stage, session)


def tells(chamber: Chamber, who: Person, page: str) -> bool:
    answer = at("daklak", who).get(page)
    text = answer.content.decode(errors="replace") if answer.status_code < 500 else page
    if page.endswith(".xlsx") and answer.status_code == 200:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
        text = "\n".join(str(row) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python())
    return is_named(chamber, text)


def is_named(chamber: Chamber, text: str) -> bool:
    entry = chamber.stage.entries[0]
    return any(token in text for token in (entry.code, entry.name, entry.facility.name))


def told(chamber: Chamber) -> set[tuple[str, str]]:
    read = {(role, page) for role, who in people(chamber).items() for page in PAGES if tells(chamber, who, page)}
    said = answers_of(introduced("daklak"))
    return read | {("program", path) for path, text in said.items() if is_named(chamber, text)}


@pytest.mark.parametrize("moment", MOMENTS)
def test_nothing_of_the_entry_reaches_anybody_with_a_conflict(moment):
    chamber = scene(conflicted=True)

    MOMENTS[moment](chamber)

    assert told(chamber) == set()


@pytest.mark.parametrize("moment", MOMENTS)
def test_without_a_conflict_the_same_people_read_of_it(moment):
    chamber = scene(conflicted=False)

    MOMENTS[moment](chamber)

    proposing = {("officer", f"{ROUND}de-cu/")} if moment == "decided" else set()
    assert told(chamber) == {(role, page) for role in people(chamber) for page in OPEN_TO_ALL} | proposing


def test_once_published_a_program_reads_of_it_whoever_has_a_conflict():
    """A control of what it is not told before."""
    chamber = scene(conflicted=True)
    decided(chamber)

    publish_results(chamber.stage.round.pk, actor=chamber.officer)

    assert {page for role, page in told(chamber) if role == "program"} == {"/entries/", "/results/", "/certificates/"}
