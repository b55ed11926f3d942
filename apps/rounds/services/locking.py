"""The lock under which everything of a round changes, and the guard of its phase."""

from uuid import UUID

from apps.rounds.models import Round
from apps.rounds.states import Capability, Phase
from tieubieu.errors import WrongState


def lock_round(round_id: UUID) -> Round:
    """The row lock under which a round and all that hangs on its phase may change."""
    return Round.objects.select_for_update().get(pk=round_id)


def require(round: Round, capability: Capability) -> None:
    """Raise `WrongState` unless the round's phase grants the capability."""
    if not round.may(capability):
        label = Phase(round.phase).label
        raise WrongState(f"Kỳ bình chọn {label.lower()}, nên chưa hoặc không còn làm được việc này.", phase=round.phase)
