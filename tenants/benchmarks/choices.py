"""Which benchmarks there are. A room registers its own in `AppConfig.ready`, for this floor knows no room."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from django.utils.module_loading import import_string

from tenants.benchmarks.figures import Figure

Tell = Callable[[str], object]


class Run(Protocol):
    def __call__(self, *, tell: Tell, **options: int) -> list[Figure]:
        """Measure once; `tell` hears what is going on."""


@dataclass(frozen=True)
class Option:
    name: str
    default: int
    help: str


@dataclass(frozen=True)
class Benchmark:
    """`run` is the dotted path of a `Run`: what measures is loaded only when it is asked for."""

    name: str
    help: str
    run: str
    options: tuple[Option, ...] = ()

    def measure(self, *, tell: Tell, **options: int) -> list[Figure]:
        work: Run = import_string(self.run)
        return work(tell=tell, **options)


_benchmarks: dict[str, Benchmark] = {}


def register(benchmark: Benchmark) -> None:
    """Offer a benchmark under its name; again replaces, so that `ready` may run twice."""
    _benchmarks[benchmark.name] = benchmark


def registered() -> list[Benchmark]:
    """All benchmarks, by name."""
    return [_benchmarks[name] for name in sorted(_benchmarks)]
