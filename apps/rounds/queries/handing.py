"""The product groups of a round, and who of the panel is expert in which."""

from collections.abc import Mapping

from apps.rounds.models import Appointment, Round
from apps.rounds.rules import groups_of


def product_groups(round: Round) -> dict[str, str]:
    """The legal names of the product groups by their codes (Điều 5 TT 26/2014/TT-BCT), in the law's order."""
    return {group["code"]: str(group["name"]) for group in groups_of(round)}


def expertise_in_words(seat: Appointment, names: Mapping[str, str]) -> str:
    """The groups in which a judge is expert by their `names`; "" when none is stated."""
    return "; ".join(names.get(code, code) for code in seat.groups)
