"""Open-loop load: work arrives when it is due, whether or not what came before is done.

A closed loop waits for each answer before it asks again, so a server that stalls is asked less and looks well. Here
the times of arrival are drawn beforehand, and each latency is counted from the moment at which the work was due.
"""

import math
import random
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import count

# Does the n-th piece of work; returns "" or what went wrong.
Work = Callable[[int], str]
HANDS = 48
# How many rates are tried for longer, and how much slower each is than the one before.
SLOWER, EASED = 3, 0.75


@dataclass(frozen=True)
class Served:
    """One arrival: how long after it was due it was answered, and what went wrong."""

    seconds: float
    failure: str = ""


@dataclass(frozen=True)
class Step:
    """What one rate came to. `slow` is the p99; of fewer than a hundred it is the slowest."""

    rate: float
    served: tuple[Served, ...]

    @property
    def middle(self) -> float:
        return percentile([one.seconds for one in self.served], 50)

    @property
    def slow(self) -> float:
        return percentile([one.seconds for one in self.served], 99)

    @property
    def failures(self) -> list[str]:
        return [one.failure for one in self.served if one.failure]

    def holds(self, bound: float) -> bool:
        """Whether nothing failed and 99 of 100 were answered within the bound."""
        return not self.failures and self.slow <= bound


@dataclass(frozen=True)
class Ladder:
    """Rates to try: from `start` on, each `factor` times the one before, kept up for so many seconds each."""

    start: float
    seconds: float
    most: int
    factor: float = 1.6


def climb(work: Work, ladder: Ladder, *, bound: float, numbers: range) -> list[Step]:
    """Raise the rate until one does not hold; when not even the first does, halve it until one holds. `numbers` are
    the pieces of work that there are."""
    steps: list[Step] = []
    first, rate = numbers.start, ladder.start
    while len(steps) < ladder.most:
        due = arrivals(rate, ladder.seconds, seed=len(steps))
        if first + len(due) > numbers.stop:
            break
        steps.append(Step(rate, tuple(open_loop(work, due, first=first))))
        first += len(due)
        if steps[-1].holds(bound):
            if rate < ladder.start:
                break
            rate *= ladder.factor
        elif rate <= ladder.start:
            rate /= 2
        else:
            break
    return steps


def keep_up(work: Work, steps: Sequence[Step], *, bound: float, least: int, numbers: range) -> list[Step]:
    """The highest rate that held, once more until so many have come that a hundredth of them can be told; where it does
    not hold that long, a slower one. Nothing when so many had come already, or when the work does not suffice."""
    best = sustained(steps, bound)
    if best is None or len(best.served) >= least:
        return []
    longer: list[Step] = []
    first, rate = numbers.start, best.rate
    while len(longer) < SLOWER and first + least <= numbers.stop:
        due = arrivals_of(rate, least, seed=len(steps) + len(longer))
        longer.append(Step(rate, tuple(open_loop(work, due, first=first))))
        if longer[-1].holds(bound):
            break
        first, rate = first + least, rate * EASED
    return longer


def sustained(steps: Iterable[Step], bound: float) -> Step | None:
    """The highest rate that held, and to which no longer trial of it or of a lower one gave the lie; None when none
    did."""
    tried = list(steps)
    held = [
        step
        for step in tried
        if step.holds(bound) and not any(len(other.served) > len(step.served) and other.rate <= step.rate
                                         and not other.holds(bound) for other in tried)
    ]  # fmt: skip
    return max(held, key=lambda step: (step.rate, len(step.served)), default=None)


def arrivals_of(rate: float, many: int, *, seed: int) -> list[float]:
    """As `arrivals`, but so many of them, however long they take to come."""
    chance = random.Random(seed)  # noqa: S311 - spreads load, guards nothing
    moment = 0.0
    return [moment := moment + chance.expovariate(rate) for _ in range(many)]


def arrivals(rate: float, seconds: float, *, seed: int) -> list[float]:
    """Moments in seconds from the start, as independent people come: at random, so many a second on average."""
    chance = random.Random(seed)  # noqa: S311 - spreads load, guards nothing
    moment, due = 0.0, []
    while (moment := moment + chance.expovariate(rate)) < seconds:
        due.append(moment)
    return due or [seconds / 2]


def open_loop(work: Work, due: Sequence[float], *, first: int = 0, hands: int = HANDS) -> list[Served]:
    """Do each piece of work when it is due. When all hands are busy it starts late, and its latency says so."""
    served: list[Served | None] = [None] * len(due)
    numbers, start = count(), time.perf_counter()

    def serve() -> None:
        while (n := next(numbers)) < len(due):
            time.sleep(max(0.0, start + due[n] - time.perf_counter()))
            failure = _tried(work, first + n)
            served[n] = Served(time.perf_counter() - start - due[n], failure)

    threads = [threading.Thread(target=serve) for _ in range(min(hands, len(due)))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [one for one in served if one is not None]


def one_by_one(work: Work, numbers: Iterable[int]) -> list[Served]:
    """The same work without any other beside it: what one person alone waits."""
    served = []
    for n in numbers:
        start = time.perf_counter()
        failure = _tried(work, n)
        served.append(Served(time.perf_counter() - start, failure))
    return served


def percentile(values: Sequence[float], percent: float) -> float:
    """The nearest rank: a value that was really measured."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def _tried(work: Work, n: int) -> str:
    try:
        return work(n)
    except Exception as error:  # whatever it was, it was not served
        return f"{type(error).__name__}: {error}"
