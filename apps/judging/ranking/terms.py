"""The nouns of the ranking, as exact values. Nothing here rounds or judges."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Over(StrEnum):
    """What is aggregated: whole sheets, or each criterion by itself."""

    SHEET = "sheet"
    CRITERION = "criterion"


class Method(StrEnum):
    MEAN = "mean"
    MEDIAN = "median"
    TRIMMED_MEAN = "trimmed_mean"


class Stage(StrEnum):
    """Where the rules ask for rounding."""

    NONE = "none"
    CRITERION = "criterion"
    TOTAL = "total"


class Status(StrEnum):
    """What became of a sheet; only a locked one counts."""

    LOCKED = "locked"
    RECUSED = "recused"
    ABSENT = "absent"


@dataclass(frozen=True)
class Criterion:
    code: str
    max: Fraction
    weight: Fraction


@dataclass(frozen=True)
class Aggregate:
    over: Over
    method: Method
    drop_low: int
    drop_high: int


@dataclass(frozen=True)
class Rounding:
    stage: Stage
    digits: int


@dataclass(frozen=True)
class Rules:
    criteria: tuple[Criterion, ...]
    aggregate: Aggregate
    rounding: Rounding
    pass_mark: Fraction | None
    tie_break: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """`scores` holds only what was marked: a criterion without a mark has no key, which is not the same as zero."""

    judge: str
    status: Status
    scores: Mapping[str, Fraction]


@dataclass(frozen=True)
class Entry:
    id: str
    group: str
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True)
class Outcome:
    """What the sheets of one entry add up to, after the rounding that the rules ask for; `None` means no result."""

    group: str
    criteria: Mapping[str, Fraction | None]
    total: Fraction | None
    counted: int


@dataclass(frozen=True)
class Standing:
    rank: int | None
    tied: bool
    passed: bool
