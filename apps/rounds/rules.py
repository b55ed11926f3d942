"""Questions to the rules of a round: frozen ones, and those that its draft would freeze today."""

from typing import Any

from django.utils import timezone

from apps.rounds.models import Round
from tenants.reference.queries import frozen_rules


def rules_of(round: Round) -> dict[str, Any]:
    """The frozen rules; while the plan is not approved, what approving it as drafted would freeze.

    Raises a `DomainError` when the draft loosens the law of the plan's day, which may have changed since.
    """
    return round.rules or drafted_rules(round)


def drafted_rules(round: Round) -> dict[str, Any]:
    """The law of the plan's day (or of today) with the drafted choices."""
    return frozen_rules(round.plan_on or timezone.localdate(), round.level, round.choices)


def group_name(round: Round, code: str) -> str:
    """The legal name of a product group (Điều 5 TT 26/2014/TT-BCT), or the code when the rules know no such group."""
    names = {group["code"]: str(group["name"]) for group in round.rules.get("groups", [])}
    return names.get(code, code)


def parts_for(rules: dict[str, Any], group: str) -> dict[str, list[dict[str, str]]]:
    """The sub-criteria of a product group by criterion: its own frame, or the one of all groups (Điều 16.1)."""
    common = {criterion["code"]: criterion["parts"] for criterion in rules["criteria"]}
    own: dict[str, list[dict[str, str]]] = rules.get("parts_of_group", {}).get(group, {})
    return common | own
