"""The figures of one run, as the terminal and JSON tell them."""

from collections.abc import Sequence
from dataclasses import dataclass

from tenants.benchmarks.arrivals import Step, sustained
from tenants.benchmarks.figures import Figure, number

SHOWN = 3
# Of fewer arrivals one hundredth is less than one.
ENOUGH = 100


@dataclass(frozen=True)
class Relative:
    """Something simpler that an act is held against; `most` is the multiple above which something is wrong."""

    name: str
    seconds: float
    most: float | None = None


@dataclass(frozen=True)
class Measured:
    """`alone` is the median without anybody beside, `steps` what each rate came to, `failures` what failed alone."""

    name: str
    bound: float
    seconds: float
    alone: float
    steps: tuple[Step, ...]
    failures: tuple[str, ...] = ()


def figures_of(measured: Measured, relatives: Sequence[Relative]) -> list[Figure]:
    """How fast it is alone, beside simpler things, and how many a second it bears. Only ratios and failures are
    judged: seconds say as much of the machine as of us."""
    return [
        Figure(f"{measured.name}, một mình", measured.alone * 1000, "ms", None, "trung vị, gồm cả đường HTTP"),
        *(
            Figure(f"  {near.name}", measured.alone / near.seconds, "×", near.most, f"{number(near.seconds * 1000)} ms")
            for near in relatives
        ),
        *_rates(measured),
        _failed(measured),
    ]


def _rates(measured: Measured) -> list[Figure]:
    best = sustained(measured.steps, measured.bound)
    bound = f"99 trong 100 lần ≤ {number(measured.bound * 1000)} ms và không lần nào lỗi"
    if best is None:
        return [Figure("  nhịp bền vững", 0, "lần/s", None, f"chưa nhịp nào giữ được {bound}; {_all(measured)}")]
    broke = any(not step.holds(measured.bound) for step in measured.steps)
    kept_up = f"mỗi nhịp thử {number(measured.seconds)} s{'' if broke else ', chưa tới giới hạn'}"
    return [
        Figure("  nhịp bền vững", best.rate, "lần/s", None, f"{bound}; {kept_up}; {_all(measured)}"),
        Figure("  p50 ở nhịp đó", best.middle * 1000, "ms", None, f"{len(best.served)} lần, tính từ lúc đến hẹn"),
        _slowest(best),
    ]


def _slowest(step: Step) -> Figure:
    """The p99 where there were enough arrivals to speak of one, else what it is: the slowest of so many."""
    if len(step.served) < ENOUGH:
        return Figure("  chậm nhất ở nhịp đó", step.slow * 1000, "ms", None, f"trong {len(step.served)} lần")
    return Figure("  p99 ở nhịp đó", step.slow * 1000, "ms", None, f"trong {len(step.served)} lần")


def _all(measured: Measured) -> str:
    """Every rate that was tried, so that one sees where it broke."""
    told = [
        f"{number(step.rate)}/s: chậm {number(step.slow * 1000)} ms trong {len(step.served)} lần"
        for step in measured.steps
    ]
    return f"đã thử {'; '.join(told)}" if told else "chưa thử nhịp nào"


def _failed(measured: Measured) -> Figure:
    """What failed alone or at a rate that holds; beyond it, failing is what a limit is."""
    best = sustained(measured.steps, measured.bound)
    within = [step for step in measured.steps if best and step.rate <= best.rate]
    failures = [*measured.failures, *(failure for step in within for failure in step.failures)]
    return Figure("  lần lỗi trong nhịp bền vững", len(failures), "lần", 0, "; ".join(failures[:SHOWN]))
