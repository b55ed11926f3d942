"""Law as data, without Django: freeze a rule set for a round, and let a province only tighten it.

A frozen copy is plain JSON: decimals and fractions are strings, so its digest can be computed again anywhere.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import date
from typing import Any, Protocol

from tenants.reference.choices import CHOICES, Frozen
from tenants.reference.errors import RuleLoosened, UnknownLevel

COPIED = ("pass_mark", "panel", "clocks", "validity", "groups", "set_cases", "eligibility")
NEVER_ENDS = "9999-12-31"


class LegalRules(Protocol):
    """What `freeze` reads; the model `RuleSet` fits."""

    code: str
    name: str
    effective_from: date
    legal_basis: list[dict[str, Any]]
    body: dict[str, Any]


def freeze(rule_set: LegalRules, level: str, *, on: date | None = None) -> Frozen:
    """The copy that a round of this level stores; nothing in it is shared with `rule_set`.

    With `on`, only the legal basis in force on that day is kept. Raises `UnknownLevel`.
    """
    body = deepcopy(rule_set.body)
    found = next((item for item in body["levels"] if item["code"] == level), None)
    if found is None:
        raise UnknownLevel(f"{rule_set.name} không có cấp bình chọn “{level}”.")
    frozen = {
        "rule_set": {
            "code": rule_set.code,
            "name": rule_set.name,
            "effective_from": rule_set.effective_from.isoformat(),
            "legal_basis": _basis_in_force(rule_set.legal_basis, on),
        },
        "level": found,
        "council_sizes": found["council_sizes"],
        "criteria": [{**criterion, "parts": []} for criterion in body["criteria"]],
        "council": body["defaults"]["council"],
        "tie_break": body["defaults"]["tie_break"],
        "quota": {},
        "awards": [],
        "parts_of_group": {},
        "casting_vote": False,
        "filing_grace_minutes": 0,
        "tell_scores": False,
    }
    frozen |= {name: body[name] for name in COPIED}
    return _with_ranking(frozen, body["ranking"])


def tighten(frozen: Frozen, choices: Mapping[str, Any]) -> Frozen:
    """A new frozen copy with the province's own choices; `frozen` is left as it was.

    A province may raise the pass mark, divide criteria into sub-criteria that add up (Điều 16.1; `parts_of_group`
    for one product group), and decide what the law leaves open: `council` (quorum, approve_over), `casting_vote`,
    `panel` (min_judges), `tie_break`, `quota`, `awards`, `filing_grace_minutes`, `tell_scores` (Điều 24.2). Anything
    else, and anything that loosens the law, raises `RuleLoosened`.
    """
    result = deepcopy(frozen)
    for name, value in choices.items():
        choose = CHOICES.get(name)
        if choose is None:
            raise RuleLoosened(f"“{name}” do pháp luật quy định, kỳ bình chọn không tự quyết được.", choice=name)
        choose(result, deepcopy(value))
    return _with_ranking(result, result["ranking"])


def _basis_in_force(basis: Sequence[Mapping[str, Any]], on: date | None) -> list[dict[str, Any]]:
    day = on.isoformat() if on else NEVER_ENDS
    return [deepcopy(dict(item)) for item in basis if item["effective_from"] <= day]


def _with_ranking(frozen: Frozen, method: Mapping[str, Any]) -> Frozen:
    """The ranking document's `rules`, always derived from the other parts so that they cannot disagree."""
    criteria = [{"code": c["code"], "max": c["max"], "weight": "1"} for c in frozen["criteria"]]
    frozen["ranking"] = {
        "criteria": criteria,
        "aggregate": dict(method["aggregate"]),
        "rounding": dict(method["rounding"]),
        "pass_mark": frozen["pass_mark"],
        "tie_break": list(frozen["tie_break"]),
    }
    return frozen
