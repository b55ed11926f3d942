"""The API says nothing of judging or of the council's sitting: each answer of each address × each moment of a sealed
round, and after publication nothing but outcomes. A person's session opens none of it.

The addresses are those that the router has, so that a new one is among them from the first day. What becomes of a
conflict or a complaint is looked at where their leaks are.
"""

from decimal import Decimal

import pytest
from browsers import at
from chamber import Chamber, marked
from interests import declared
from programs import LISTS, told_by
from stage import MARKS, PAPER, scoring
from verdicts import published

from apps.councils import api as results
from apps.councils.services import close_session, convene
from apps.dossiers import api as entries
from apps.judging.models import Sheet
from apps.judging.services import lock_sheet, save_marks
from apps.recognition.services import record_decision
from apps.rounds.models import Body, Round

pytestmark = pytest.mark.usefixtures("in_daklak")


def scored_by_some():
    stage = scoring(2)
    sheet = Sheet.objects.filter(judge__person=stage.judges[0]).select_related("judge__person").first()
    marks = {code: Decimal(mark) for code, mark in MARKS.items()} | {"C1": Decimal("31.37")}
    save_marks(sheet.pk, marks, remark="Lời kín", actor=sheet.judge.person)
    lock_sheet(sheet.pk, actor=sheet.judge.person)
    return stage


def disputed_before_scoring_ends():
    stage = scoring(2)
    declared(stage, stage.judges[0])
    return stage


def seated():
    stage = marked(MARKS, MARKS)
    present = [member.pk for member in stage.round.appointments.filter(body=Body.COUNCIL)]
    return Chamber(stage, convene(stage.round.pk, present=present, actor=stage.officer))


def in_session():
    chamber = seated()
    chamber.voted(0)
    return chamber.stage


def closed():
    chamber = seated()
    chamber.voted(0)
    chamber.voted(1)
    close_session(chamber.session.pk, actor=chamber.officer)
    return chamber.stage


def decided():
    stage = closed()
    record_decision(stage.round.pk, PAPER, actor=stage.officer)
    return stage


MOMENTS = [scored_by_some, disputed_before_scoring_ends, in_session, closed, decided]


def secrets_of(stage):
    """What nobody outside may read before publication."""
    words = [word for entry in stage.entries for word in (entry.code, entry.name, entry.facility.name)]
    words += [person.full_name for person in (*stage.judges, *stage.council)]
    return [*words, "31.37", "31,37", "Lời kín", *stage.round.snapshots.values_list("digest", flat=True)]


@pytest.mark.parametrize("moment", MOMENTS)
def test_nothing_of_a_sealed_round_is_in_any_answer(program, moment):
    stage = moment()

    told = told_by(program)

    assert [word for word in secrets_of(stage) if word in told] == []
    assert stage.round.code in told


def test_were_the_round_taken_for_published_it_would_be_seen(program, monkeypatch):
    """The control: the same look finds the entries once one rule says that they are public."""
    stage = closed()
    for room in (entries, results):
        monkeypatch.setattr(room, "published_rounds", Round.objects.all)

    told = told_by(program)

    assert all(entry.code in told for entry in stage.entries)


def test_after_publication_outcomes_are_read_and_no_marks(program):
    published()

    told = told_by(program)

    assert '"outcome":"selected"' in told.replace(" ", "")
    assert not [word for word in ("votes_for", "abstentions", "remark", "marks", "judge", "ballot") if word in told]


@pytest.mark.parametrize("role", ["chair", "judge", "officer"])
def test_a_persons_session_opens_no_address(role):
    stage = closed()
    who = {"chair": stage.council[0], "judge": stage.judges[0], "officer": stage.officer}[role]
    client = at("daklak", who)

    answers = [client.get(f"/api/v1{path}") for path in LISTS]

    assert {answer.status_code for answer in answers} <= {401, 403}
    assert not [word for word in secrets_of(stage) for answer in answers if word in answer.content.decode()]
