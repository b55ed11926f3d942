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
from hypothesis import HealthCheck, Phase, note, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from tieubieu.errors import DomainError

from .hands import Hands, expected, raised, seen
from .model import STEPS, Step, deal
from .standing import Life

JUDGED = ("scoring", "scored", "council", "concluded", "decided", "published")
PARTS, STEPS_OF_A_LIFE = 10, 50
CASES = [(step, case) for step in STEPS for case in step.cases()]
REFUSALS = (DomainError, ObjectDoesNotExist)


class Road(RuleBasedStateMachine):
    """One life; what it does to the database is taken back at its end."""

    raised: Hands
    ends: Counter[str]
    seen_there: Counter[str]

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
        self.seen_there["some judges"] += bool(self.life.each and self.life.phase in JUDGED)
        self.seen_there["new results"] += len(self.life.results) > 1
        self.seen_there["granted"] += self.life.in_force > 0

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


def run(hands: Hands, *, lives: int, part: int, is_new: bool) -> tuple[Counter[str], Counter[str]]:
    """Take so many roads and tell in which phases they ended, and on how many what is rare was seen: known roads, or
    new ones, shrunk when they fail."""
    ends: Counter[str] = Counter()
    seen_there: Counter[str] = Counter()
    road = type("Road", (Road,), {"raised": hands, "ends": ends, "seen_there": seen_there})
    phases = (Phase.generate, Phase.shrink) if is_new else (Phase.generate,)
    told = settings(
        max_examples=lives, stateful_step_count=STEPS_OF_A_LIFE, deadline=None, database=None, print_blob=True,
        suppress_health_check=list(HealthCheck), phases=phases,
    )  # fmt: skip
    run_state_machine_as_test(road if is_new else seed(part)(road), settings=told)
    return ends, seen_there


@pytest.mark.parametrize("part", range(PARTS))
def test_the_platform_and_the_model_agree_on_every_road(in_daklak: Any, pytestconfig: pytest.Config, part: int):
    lives = pytestconfig.getoption("--lives")

    ends, seen_there = run(raised(), lives=max((lives or 500) // PARTS, 1), part=part, is_new=lives is not None)

    assert len(ends) > 5
    assert ends["published"]
    assert all(seen_there[what] for what in ("some judges", "new results", "granted")), seen_there
