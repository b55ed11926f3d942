import pytest
from stage import PLAN_ON, opened, person, planned

from apps.accounts.models import Role
from apps.rounds.models import Body, Level
from apps.rounds.services import advance, appoint, approve_plan, plan_round
from apps.rounds.states import GRANTS, MOVES, Capability, Phase
from tieubieu.audit.models import Event
from tieubieu.errors import DomainError, WrongState

pytestmark = pytest.mark.usefixtures("in_daklak")


def test_a_plan_freezes_the_law_of_its_day():
    round = planned().refreshed()

    assert round.phase == Phase.PLANNED
    assert [c["max"] for c in round.rules["criteria"]] == ["40", "40", "10", "10"]
    assert round.rules["pass_mark"] == "70"
    assert round.rules["council_sizes"] == [7, 9]
    assert round.rules_digest.startswith("sha256:")


def test_a_province_may_raise_the_pass_mark():
    officer = person("chuyen-vien", Role.OFFICER)
    round = plan_round(
        code="A-2026", level=Level.PROVINCE, year=2026, ordinal=1, name="Kỳ A", area_code="66", actor=officer
    )

    approve_plan(round.pk, plan_number="1/KH", plan_on=PLAN_ON, choices={"pass_mark": "75"}, actor=officer)

    round.refresh_from_db()
    assert round.rules["ranking"]["pass_mark"] == "75"


def test_a_province_may_not_lower_the_pass_mark():
    officer = person("chuyen-vien", Role.OFFICER)
    round = plan_round(
        code="A-2026", level=Level.PROVINCE, year=2026, ordinal=1, name="Kỳ A", area_code="66", actor=officer
    )

    with pytest.raises(DomainError, match="không được hạ"):
        approve_plan(round.pk, plan_number="1/KH", plan_on=PLAN_ON, choices={"pass_mark": "60"}, actor=officer)

    round.refresh_from_db()
    assert round.phase == Phase.DRAFT


@pytest.mark.parametrize("verb", sorted(MOVES))
@pytest.mark.parametrize("phase", list(Phase))
def test_a_verb_moves_only_from_the_phases_of_its_table(verb, phase):
    stage = planned()
    type(stage.round).objects.filter(pk=stage.round.pk).update(phase=phase)
    moves = Event.objects.filter(tag="rounds.round.advanced")  # publishing sets the time for complaints as well
    events = moves.count()
    starts, target = MOVES[verb]

    if phase in starts:
        assert advance(stage.round.pk, verb, actor=stage.officer).phase == target
        assert moves.count() == events + 1
    else:
        with pytest.raises(WrongState):
            advance(stage.round.pk, verb, actor=stage.officer)
        assert stage.refreshed().phase == phase
        assert moves.count() == events


def test_nobody_is_appointed_once_scoring_is_near():
    stage = opened()
    advance(stage.round.pk, "close_filing", actor=stage.officer)
    advance(stage.round.pk, "start_scoring", actor=stage.officer)

    with pytest.raises(WrongState):
        appoint(stage.round.pk, person("muon"), body=Body.PANEL, actor=stage.officer)


def test_every_phase_grants_something_and_every_capability_is_granted():
    assert set(GRANTS) == set(Phase)
    assert frozenset().union(*GRANTS.values()) == set(Capability)
