"""Filing that a decision closed is opened again by a document, as long as nobody has begun to score."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from apps.accounts.models import Person
from apps.rounds.events import RoundEvent
from apps.rounds.models import Round, WindowKind
from apps.rounds.services.locking import lock_round
from apps.rounds.services.windows import Grounds, Times, require_grounds, write_window
from apps.rounds.states import MOVES
from tieubieu.audit.services import record
from tieubieu.errors import DomainError
from tieubieu.moments import transaction_time
from tieubieu.moves import move


@transaction.atomic
def reopen_filing(round_id: UUID, *, closes_at: datetime, grounds: Grounds, actor: Person) -> Round:
    """Take dossiers again until `closes_at`; everybody who filed or began to is told, and the change is kept.

    What was concluded in the meantime stays. Raises `WrongState` unless filing was closed and nobody scores yet, a
    `DomainError` without a reason and a document, or for an end that has passed.
    """
    round = lock_round(round_id)
    before = round.phase
    move(round, "reopen_filing", MOVES, field="phase")
    require_grounds(WindowKind.FILING, grounds)
    if closes_at <= transaction_time():
        raise DomainError("Thời điểm đóng mới phải sau lúc này.")
    window = round.windows.select_for_update(no_key=True).filter(kind=WindowKind.FILING).first()
    if window is None:
        raise DomainError("Kỳ bình chọn chưa đặt thời gian nhận hồ sơ nên không có gì để mở lại.")
    round.save(update_fields=["phase"])
    record(
        RoundEvent.FILING_REOPENED,
        round,
        actor=actor,
        before=before,
        closes=closes_at.isoformat(),
        document=grounds.document_number,
    )
    window.round = round
    write_window(window, Times(window.opens_at, closes_at, window.officer), grounds, actor)
    return round
