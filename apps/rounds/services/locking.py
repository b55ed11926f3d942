"""The lock under which everything of a round changes, and the guard of its phase."""

from uuid import UUID

from django.db import connection

from apps.rounds.models import Round
from apps.rounds.states import Capability, Phase
from tieubieu.errors import WrongState


def lock_round(round_id: UUID) -> Round:
    """The row lock under which a round and all that hangs on its phase may change.

    It leaves the key alone: whoever only points at the round, as everything that is written about it does when it
    commits, does not wait here while it holds what the lock's holder needs next.
    """
    return Round.objects.select_for_update(no_key=True).get(pk=round_id)


def share_round(round_id: UUID) -> Round:
    """Hold the round as it stands, together with everybody else who only needs it to stay so.

    Many file at once; `lock_round`, and with it every move of the round, waits for them, and they for it. The caller
    does not change the round. Raises `Round.DoesNotExist`.
    """
    table = connection.ops.quote_name(Round._meta.db_table)
    held = Round.objects.raw(f"SELECT * FROM {table} WHERE id = %s FOR SHARE", [round_id])  # noqa: S608
    for round in held:
        return round
    raise Round.DoesNotExist


def require(round: Round, capability: Capability) -> None:
    """Raise `WrongState` unless the round's phase grants the capability."""
    if not round.may(capability):
        label = Phase(round.phase).label
        raise WrongState(f"Kỳ bình chọn {label.lower()}, nên chưa hoặc không còn làm được việc này.", phase=round.phase)
