import pytest
from stage import MARKS, concluded, scored

from apps.councils.models import Outcome, Selection, Session
from apps.councils.services import Votes, conclude_session, convene, sitting
from apps.rounds.models import Body
from apps.rounds.states import Phase
from tieubieu.errors import DomainError

pytestmark = pytest.mark.usefixtures("in_daklak")
LOW = {**MARKS, "C1": "20"}


def members(stage):
    return [m.pk for m in stage.round.appointments.filter(body=Body.COUNCIL)]


def outcomes():
    return dict(Selection.objects.values_list("entry__code", "outcome"))


def test_the_session_stands_on_the_snapshot_in_force():
    stage = scored()

    session = convene(stage.round.pk, present=members(stage), actor=stage.officer)

    assert session.snapshot == stage.round.snapshots.get()
    assert session.attendances.filter(left_at=None).count() == 7
    assert stage.refreshed().phase == Phase.COUNCIL


def test_five_of_seven_is_a_quorum_and_four_is_not():
    stage = scored()

    with pytest.raises(DomainError, match="có mặt 4/7"):
        convene(stage.round.pk, present=members(stage)[:4], actor=stage.officer)
    assert Session.objects.count() == 0

    convene(stage.round.pk, present=members(stage)[:5], actor=stage.officer)


def test_without_the_quorum_guard_four_would_meet(monkeypatch):
    """Control for the test above."""
    monkeypatch.setattr(sitting, "_require_quorum", lambda *_: None)
    stage = scored()

    convene(stage.round.pk, present=members(stage)[:4], actor=stage.officer)

    assert Session.objects.count() == 1


def test_strangers_do_not_make_a_quorum():
    stage = scored()
    panel = [m.pk for m in stage.round.appointments.filter(body=Body.PANEL)]

    with pytest.raises(DomainError, match="có mặt 4/7"):
        convene(stage.round.pk, present=members(stage)[:4] + panel, actor=stage.officer)


def test_more_than_half_of_those_present_selects():
    stage = scored(2)
    session = convene(stage.round.pk, present=members(stage)[:6], actor=stage.officer)

    conclude_session(
        session.pk, {stage.entries[0].pk: Votes(4, 2), stage.entries[1].pk: Votes(3, 3)}, actor=stage.officer
    )

    assert outcomes() == {
        "THU-2026-001": Outcome.SELECTED,
        "THU-2026-002": Outcome.PASSED_NOT_SELECTED,
    }


def test_what_did_not_pass_cannot_be_selected():
    stage = scored(marks=LOW)
    session = convene(stage.round.pk, present=members(stage), actor=stage.officer)

    with pytest.raises(DomainError, match="chưa đạt điểm tối thiểu"):
        conclude_session(session.pk, {stage.entries[0].pk: Votes(7)}, actor=stage.officer)

    assert (stage.refreshed().phase, Selection.objects.count()) == (Phase.COUNCIL, 0)


def test_what_did_not_pass_is_kept_as_below():
    stage = scored(marks=LOW)
    session = convene(stage.round.pk, present=members(stage), actor=stage.officer)

    conclude_session(session.pk, {}, actor=stage.officer)

    assert outcomes() == {"THU-2026-001": Outcome.BELOW}


def test_nobody_votes_twice():
    stage = scored()
    session = convene(stage.round.pk, present=members(stage)[:5], actor=stage.officer)

    with pytest.raises(DomainError, match="Số phiếu không khớp"):
        conclude_session(session.pk, {stage.entries[0].pk: Votes(5, 1)}, actor=stage.officer)


def test_a_conclusion_names_every_entry_once():
    stage = concluded(3)

    assert outcomes() == dict.fromkeys(["THU-2026-001", "THU-2026-002", "THU-2026-003"], Outcome.SELECTED)
    assert stage.refreshed().phase == Phase.CONCLUDED


@pytest.mark.parametrize(
    ("casting", "chair", "chosen"), [(True, True, True), (True, False, False), (False, True, False)]
)
def test_at_exactly_the_threshold_the_chair_decides_only_where_the_rules_say_so(casting, chair, chosen):
    stage = scored()
    stage.refreshed().rules["casting_vote"] = casting
    stage.round.save()
    session = convene(stage.round.pk, present=members(stage)[:6], actor=stage.officer)

    conclude_session(session.pk, {stage.entries[0].pk: Votes(3, 3, does_chair_approve=chair)}, actor=stage.officer)

    assert (set(outcomes().values()) == {Outcome.SELECTED}) is chosen
