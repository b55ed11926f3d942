"""A compact way to write ranking documents down."""

import copy
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from apps.judging.ranking import RankingRefused, rank

Marks = str | Sequence[str | None]


def compose(entries: Mapping[str, Sequence[Marks]], **changes: Any) -> dict[str, Any]:
    """A document whose entries map an id to its sheets, judge J1 first.

    A sheet is "absent", "recused", one mark, or a row of marks for C1, C2, …; an id such as "G2:A" names its group.
    """
    return {"rules": rules(**changes), "entries": [_entry(name, sheets) for name, sheets in entries.items()]}


def rules(
    criteria: Mapping[str, tuple[str, str]] | None = None,
    *,
    over: str = "sheet",
    method: str = "mean",
    drop: tuple[int, int] = (0, 0),
    stage: str = "none",
    digits: int = 2,
    pass_mark: str | None = "70",
    tie_break: Sequence[str] = (),
) -> dict[str, Any]:
    criteria = criteria or {"C1": ("100", "1")}
    return {
        "criteria": [{"code": code, "max": top, "weight": weight} for code, (top, weight) in criteria.items()],
        "aggregate": {"over": over, "method": method, "drop_low": drop[0], "drop_high": drop[1]},
        "rounding": {"stage": stage, "digits": digits},
        "pass_mark": pass_mark,
        "tie_break": list(tie_break),
    }


def _entry(name: str, sheets: Sequence[Marks]) -> dict[str, Any]:
    group, _, identity = name.rpartition(":")
    return {
        "id": identity,
        "group": group or "G1",
        "sheets": [_sheet(f"J{number}", marks) for number, marks in enumerate(sheets, 1)],
    }


def _sheet(judge: str, marks: Marks) -> dict[str, Any]:
    if marks in ("absent", "recused"):
        return {"judge": judge, "status": marks, "scores": {}}
    row = [marks] if isinstance(marks, str) else marks
    return {"judge": judge, "status": "locked", "scores": {f"C{n}": mark for n, mark in enumerate(row, 1)}}


@pytest.fixture
def document() -> Callable[..., dict[str, Any]]:
    return compose


@pytest.fixture
def ranked() -> Callable[..., dict[str, dict[str, Any]]]:
    """`compose`, ranked, as a mapping from the id of an entry to its result."""

    def run(entries: Mapping[str, Sequence[Marks]], **changes: Any) -> dict[str, dict[str, Any]]:
        return {row["id"]: dict(row) for row in rank(compose(entries, **changes))["entries"]}

    return run


@pytest.fixture
def whole() -> dict[str, Any]:
    """Two entries, two judges each, two criteria, legal in every respect."""
    two = {"C1": ("40", "1"), "C2": ("60", "1")}
    return compose({"A": [("30", "50"), ("35.5", "40")], "B": [("20", "60"), ("40", "0")]}, criteria=two)


@pytest.fixture
def refused() -> Callable[[object], RankingRefused]:
    """The refusal of a document, which must not be touched."""

    def run(body: object) -> RankingRefused:
        before = copy.deepcopy(body)
        with pytest.raises(RankingRefused) as caught:
            rank(body)
        assert body == before
        return caught.value

    return run
