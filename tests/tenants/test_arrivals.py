"""The load of a benchmark: people come when they come, and a stall is everybody's who came during it."""

import json
import time
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tenants.benchmarks import choices
from tenants.benchmarks.arrivals import Ladder, Served, Step, arrivals, climb, keep_up, open_loop, percentile, sustained
from tenants.benchmarks.choices import Benchmark, Option
from tenants.benchmarks.figures import Figure


def test_a_stall_is_counted_for_everybody_who_came_during_it():
    def stall_once(n):
        time.sleep(0.3 if n == 0 else 0)
        return ""

    served = open_loop(stall_once, [0.0, 0.05, 0.1], hands=1)

    assert [one.seconds >= least for one, least in zip(served, (0.3, 0.25, 0.2), strict=True)] == [True] * 3


def test_people_come_as_often_as_was_asked_and_the_same_in_each_run():
    due = arrivals(200, 10, seed=1)

    assert 1800 < len(due) < 2200
    assert due == sorted(due) == arrivals(200, 10, seed=1)
    assert due != arrivals(200, 10, seed=2)


def test_what_raises_was_not_served():
    served = open_loop(lambda n: 1 / n, [0.0])

    assert "ZeroDivisionError" in served[0].failure


def test_the_climb_ends_at_the_first_rate_that_does_not_hold_and_never_runs_out_of_work():
    done = []

    def work(n):
        done.append(n)
        return "đầy" if n >= 30 else ""

    steps = climb(work, Ladder(start=100, seconds=0.1, most=9, factor=2), bound=5, numbers=range(5, 1000))
    short = climb(work, Ladder(start=100, seconds=0.1, most=9), bound=5, numbers=range(5, 8))

    assert [bool(step.failures) for step in steps] == [False] * (len(steps) - 1) + [True]
    assert sorted(done) == list(range(5, 5 + sum(len(step.served) for step in steps)))
    assert sustained(steps, 5).rate == steps[-2].rate
    assert short == []


def test_where_not_even_the_first_rate_holds_a_lower_one_is_looked_for():
    failures = iter(["đầy"])
    due = len(arrivals(40, 0.1, seed=0))

    steps = climb(
        lambda n: next(failures, "") if n < due else "",
        Ladder(start=40, seconds=0.1, most=9), bound=5, numbers=range(1000),
    )  # fmt: skip

    assert [(step.rate, bool(step.failures)) for step in steps] == [(40, True), (20, False)]


def test_a_rate_holds_only_within_its_bound():
    step = Step(10, (*(Served(0.1) for _ in range(98)), Served(0.5), Served(0.9)))

    assert step.slow == 0.5
    assert (step.holds(0.5), step.holds(0.4)) == (True, False)
    assert not Step(10, (Served(0.1, "HTTP 500"),)).holds(1)
    assert percentile([3, 1, 2], 50) == 2


@pytest.fixture
def offered(monkeypatch):
    """A benchmark that a room has registered."""
    monkeypatch.setattr(choices, "_benchmarks", {})
    choices.register(Benchmark("thu", "đo thử", f"{__name__}.measured", (Option("times", 3, "mấy lần"),)))


def measured(*, tell, times):
    tell("đang đo")
    return [Figure("Chậm", times, "lần", 5)]


@pytest.mark.usefixtures("offered")
def test_a_registered_benchmark_is_a_choice_of_the_command():
    told = StringIO()

    call_command("bench", "thu", "--json", "--times", "4", stdout=told, stderr=StringIO())

    assert json.loads(told.getvalue())[0]["value"] == 4


@pytest.mark.usefixtures("offered")
def test_a_figure_that_misses_its_target_ends_the_command_with_an_error():
    with pytest.raises(CommandError, match="Không đạt: Chậm"):
        call_command("bench", "thu", "--times", "9", stdout=StringIO(), stderr=StringIO())


def test_both_benchmarks_are_offered():
    assert {"filing", "tenants"} <= {one.name for one in choices.registered()}


def step_of(rate, many, seconds=0.1):
    return Step(rate, tuple(Served(seconds) for _ in range(many)))


def test_the_best_rate_is_kept_up_until_a_hundredth_can_be_told():
    done = []

    longer = keep_up(
        lambda n: done.append(n) or "", [step_of(900, 4), step_of(1600, 5, 9)], bound=5, least=40, numbers=range(7, 99)
    )

    assert [(step.rate, len(step.served)) for step in longer] == [(900, 40)]
    assert sorted(done) == list(range(7, 47))


def test_a_rate_that_holds_only_for_a_moment_is_not_what_is_sustained():
    tried = [step_of(900, 4)]

    longer = keep_up(lambda n: "đầy" if n < 40 else "", tried, bound=5, least=40, numbers=range(200))

    assert [bool(step.failures) for step in longer] == [True, False]
    assert sustained([*tried, *longer], 5) == longer[1]


def test_nothing_is_kept_up_where_enough_have_come_or_too_little_is_left():
    def never(n):
        raise AssertionError(n)

    assert keep_up(never, [step_of(9, 40)], bound=5, least=40, numbers=range(99)) == []
    assert keep_up(never, [step_of(9, 4)], bound=5, least=40, numbers=range(39)) == []
    assert keep_up(never, [step_of(9, 4, 9)], bound=5, least=40, numbers=range(99)) == []
