"""A round may take any of its roads: the platform allows what a simple model allows, refuses the rest, and both agree.

Every step is tried by the services that people use, wrong ones among the right ones. The database is compared with the
model after each that was taken, and at the end, so that one that was refused left nothing behind either.
`pytest tests/life --lives 20000` takes more roads than the suite does, new ones each time.
"""

from collections import Counter
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from hypothesis import HealthCheck, Phase, currently_in_test_context, note, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from tieubieu.errors import DomainError

from .hands import Hands, expected, raised, seen
from .model import STEPS, Step, deal
from .standing import Life

PARTS, STEPS_OF_A_LIFE = 10, 50
CASES = [(step, case) for step in STEPS for case in step.cases()]
REFUSALS = (DomainError, ObjectDoesNotExist)


class Road(RuleBasedStateMachine):
    """One life; what it does to the database is taken back at its end."""

    raised: Hands
    ends: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.life = Life()
        self.hands = Hands(self.raised.stage, self.raised.products, self.raised.council)
        self.scene = transaction.atomic()
        self.scene.__enter__()
        self.look_ahead()

    def teardown(self) -> None:
        try:
            assert seen(self.hands) == expected(self.life)
        finally:  # a road that failed leaves nothing behind either, or it could not be replayed
            transaction.set_rollback(True)
            self.scene.__exit__(None, None, None)
        self.ends[self.life.phase] += 1

    def look_ahead(self) -> None:
        self.turns_open = [(step, case) for step, case in CASES if step.may(self.life, *case)]
        self.ways_on = [(step, case) for step, case in self.turns_open if step.is_onward]

    @precondition(lambda self: self.ways_on)
    @rule(data=st.data())
    def goes_on(self, data: st.DataObject) -> None:
        self.take(*data.draw(st.sampled_from(self.ways_on)))

    @precondition(lambda self: self.turns_open)
    @rule(data=st.data())
    def turns(self, data: st.DataObject) -> None:
        self.take(*data.draw(st.sampled_from(self.turns_open)))

    @rule(data=st.data())
    def strays(self, data: st.DataObject) -> None:
        step = data.draw(st.sampled_from(STEPS))
        self.take(step, data.draw(st.sampled_from(list(step.cases()))))

    def take(self, step: Step, case: tuple[int, ...]) -> None:
        is_allowed = step.may(self.life, *case)
        refusal = self.refusal(step, case)
        if currently_in_test_context():
            note(f"{step.name}{case}: {refusal or 'done'}")
        assert (refusal == "") is is_allowed, refusal
        if is_allowed:
            step.change(self.life, *case)
            if step.name == "start_scoring" and self.life.each:
                deal(self.life, self.hands.dealt())
            self.look_ahead()
            assert seen(self.hands) == expected(self.life)

    def refusal(self, step: Step, case: tuple[int, ...]) -> str:
        try:
            with transaction.atomic():
                self.hands.do(step.name, *case)
        except REFUSALS as refused:
            return str(refused) or type(refused).__name__
        return ""


def run(hands: Hands, *, lives: int, part: int, is_new: bool) -> Counter[str]:
    """Take so many roads and tell in which phases they ended: known roads, or new ones, shrunk when they fail."""
    ends: Counter[str] = Counter()
    road = type("Road", (Road,), {"raised": hands, "ends": ends})
    phases = (Phase.generate, Phase.shrink) if is_new else (Phase.generate,)
    told = settings(
        max_examples=lives, stateful_step_count=STEPS_OF_A_LIFE, deadline=None, database=None, print_blob=True,
        suppress_health_check=list(HealthCheck), phases=phases,
    )  # fmt: skip
    run_state_machine_as_test(road if is_new else seed(part)(road), settings=told)
    return ends


@pytest.mark.parametrize("part", range(PARTS))
def test_the_platform_and_the_model_agree_on_every_road(in_daklak: Any, pytestconfig: pytest.Config, part: int):
    lives = pytestconfig.getoption("--lives")

    ends = run(raised(), lives=max((lives or 500) // PARTS, 1), part=part, is_new=lives is not None)

    assert len(ends) > 5
    assert ends["published"]


TO_SCORING = "hand_out_by 2, approve_plan, open_round, file 0, accept 0, close_filing, start_scoring"
TO_THE_END = (
    "close_scoring, convene 5, open_vote 0, close_vote 5, conclude, decide, certify, publish,"
    " complain 0, receive 0, rescore 0, review 0 40, answer 0 1"
)


def test_a_long_road_leads_to_a_complaint_that_changes_the_result(in_daklak: Any):
    """What few roads come to by chance: some of the panel score, marks are given anew, another result is in force."""
    road = type("Road", (Road,), {"raised": raised(), "ends": Counter()})()
    walk(road, TO_SCORING)
    for judge in sorted(road.life.entries[0].sheets):
        road.take(named("score"), (0, judge, 80))
    walk(road, TO_THE_END)

    assert len(road.life.entries[0].sheets) == 2
    assert [result.cites for result in road.life.results] == [None, 0]
    assert road.life.in_force == 1
    road.teardown()


def walk(road: Road, steps: str) -> None:
    for name, *case in (step.split() for step in steps.split(",")):
        assert named(name).may(road.life, *map(int, case)), name
        road.take(named(name), tuple(map(int, case)))


def named(name: str) -> Step:
    return next(step for step in STEPS if step.name == name)
