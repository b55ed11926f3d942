"""All windows at once: proposed from a day, or moved along from an earlier round."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from apps.accounts.models import Person
from apps.rounds.models import Round, Window, WindowKind
from apps.rounds.queries.days import working_calendar
from apps.rounds.queries.schedule import Span, proposed
from apps.rounds.services.locking import lock_round
from apps.rounds.services.windows import set_window
from tieubieu.errors import DomainError, WrongState
from tieubieu.lib.workdays import OutsideCalendar


@transaction.atomic
def propose_windows(round_id: UUID, *, start: date, officer: Person, actor: Person) -> list[Window]:
    """Set all windows from `start` on by working days; officers who are named already stay.

    Raises `WrongState` once the round is open, when windows move one by one and with a reason, and a `DomainError`
    where the calendar of the days off ends.
    """
    round = lock_round(round_id)
    _require_unopened(round)
    try:
        spans = proposed(start, working_calendar(start))
    except OutsideCalendar as unknown:
        raise DomainError(str(unknown)) from unknown
    named = {window.kind: window.officer for window in round.windows.select_related("officer")}
    return set_spans(round, spans, {kind: named.get(kind) or officer for kind in spans}, actor)


def set_spans(
    round: Round, spans: Mapping[WindowKind, Span], officers: Mapping[WindowKind, Person | None], actor: Person
) -> list[Window]:
    """Set each span as a window; the caller holds the round's lock."""
    return [
        set_window(
            round.pk,
            kind,
            opens_at=span.opens_at,
            closes_at=span.closes_at,
            officer=officers.get(kind),
            actor=actor,
        )
        for kind, span in spans.items()
    ]


def _require_unopened(round: Round) -> None:
    if round.is_running:
        raise WrongState("Kỳ bình chọn đã mở; hãy sửa từng thời hạn và ghi lý do.")
