"""Questions to the rules of a round: frozen ones, and those that its draft would freeze today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from apps.facilities.queries import measured_here
from apps.rounds.models import Round
from tenants.reference.errors import RuleLoosened
from tenants.reference.queries import frozen_rules, rule_set_on
from tenants.reference.rules import freeze, tighten
from tieubieu.lib.numbers import InvalidNumber, decimal_of
from tieubieu.ui.words import number


def rules_of(round: Round) -> dict[str, Any]:
    """The frozen rules; while the plan is not approved, what approving it as drafted would freeze.

    Raises a `DomainError` when the draft loosens the law of the plan's day, which may have changed since.
    """
    return round.rules or drafted_rules(round)


def drafted_rules(round: Round) -> dict[str, Any]:
    """The law of the plan's day (or of today) with the drafted choices; the limits of `rules_here` come at approval."""
    return frozen_rules(round.plan_on or timezone.localdate(), round.level, round.choices)


def rules_here(day: date, level: str, choices: Mapping[str, Any]) -> dict[str, Any]:
    """What a round freezes: the law of the day, the province's choices, its limits of a company's size.

    Raises a `DomainError` for a choice that loosens the law.
    """
    frozen = frozen_rules(day, level, choices)
    return {**frozen, "eligibility": dict(measured_here(frozen["eligibility"], day))}


def law_on(round: Round) -> str:
    """The name of the rule set that the plan's day puts in force."""
    return rule_set_on(round.plan_on or timezone.localdate()).name


def groups_of(round: Round) -> list[dict[str, str]]:
    """The product groups of the frozen rules, or of the law that the plan's day puts in force."""
    found: list[dict[str, str]] = (round.rules or rule_set_on(round.plan_on or timezone.localdate()).body)["groups"]
    return found


def group_name(round: Round, code: str) -> str:
    """The legal name of a product group (Điều 5 TT 26/2014/TT-BCT), or the code when the rules know no such group."""
    names = {group["code"]: str(group["name"]) for group in round.rules.get("groups", [])}
    return names.get(code, code)


def parts_for(rules: dict[str, Any], group: str) -> dict[str, list[dict[str, str]]]:
    """The sub-criteria of a product group by criterion: its own frame, or the one of all groups (Điều 16.1)."""
    common = {criterion["code"]: criterion["parts"] for criterion in rules["criteria"]}
    own: dict[str, list[dict[str, str]]] = rules.get("parts_of_group", {}).get(group, {})
    return common | own


def problems_of(round: Round, choices: Mapping[str, Any]) -> dict[str, str]:
    """What the law of the plan's day says against each choice by itself; empty when nothing does."""
    day = round.plan_on or timezone.localdate()
    law = freeze(rule_set_on(day), round.level, on=day)
    found = {}
    for name, value in choices.items():
        try:
            tighten(law, {name: value})
        except RuleLoosened as refused:
            found[name] = str(refused)
    return found


@dataclass(frozen=True)
class Sum:
    """What the sub-criteria of a criterion add up to; `total` None when a line is no number."""

    code: str
    label: str
    total: Decimal | None
    most: Decimal

    @property
    def is_whole(self) -> bool:
        return self.total == self.most or self.total == 0

    @property
    def words(self) -> str:
        """What is to be done about it, in words."""
        if self.total is None:
            return "có điểm chưa đọc được"
        if self.is_whole:
            return "đủ" if self.total else "không chia nhỏ"
        rest = self.most - self.total
        return f"còn thiếu {number(rest)}" if rest > 0 else f"thừa {number(-rest)}"


def sums_of(rules: Mapping[str, Any], parts: Mapping[str, Sequence[Mapping[str, str]]]) -> list[Sum]:
    """The sums of a frame beside what the law asks for (Điều 7, Phụ lục 4)."""
    return [
        Sum(criterion["code"], criterion["label"], _total(parts.get(criterion["code"], [])), Decimal(criterion["max"]))
        for criterion in rules["criteria"]
    ]


def _total(lines: Sequence[Mapping[str, str]]) -> Decimal | None:
    try:
        return sum((decimal_of(line["max"]) for line in lines), Decimal(0))
    except InvalidNumber:
        return None


def sample_parts(round: Round) -> dict[str, list[dict[str, str]]]:
    """The rule set's sample frame, which is nobody's law and says so wherever it is shown."""
    law = rule_set_on(round.plan_on or timezone.localdate())
    frame: dict[str, list[dict[str, str]]] = law.body["sample_frame"]["parts"]
    return frame
