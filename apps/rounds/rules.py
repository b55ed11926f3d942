"""Questions to a round's frozen rules."""

from apps.rounds.models import Round


def group_name(round: Round, code: str) -> str:
    """The legal name of a product group (Điều 5 TT 26/2014/TT-BCT), or the code when the rules know no such group."""
    names = {group["code"]: str(group["name"]) for group in round.rules.get("groups", [])}
    return names.get(code, code)
