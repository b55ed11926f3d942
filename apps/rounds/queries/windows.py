"""When a round does what."""

from datetime import datetime, timedelta

from apps.rounds.models import Round, Window, WindowChange, WindowKind


def window_of(round: Round, kind: str) -> Window | None:
    """The round's window of this kind with its officer; None while it is not set."""
    return round.windows.select_related("officer").filter(kind=kind).first()


def filing_grace(round: Round) -> timedelta:
    """How long after the filing window closed what is on its way is still taken; frozen with the rules."""
    return timedelta(minutes=round.rules.get("filing_grace_minutes", 0))


def filing_closes_at(round: Round) -> datetime | None:
    """The first moment at which filing is refused, grace included; None while no filing window is set.

    What people are told is the window's own `closes_at`: the grace is for what was sent in time and arrived late.
    """
    window = window_of(round, WindowKind.FILING)
    return window.closes_at + filing_grace(round) if window else None


def announced_moves(round: Round) -> list[WindowChange]:
    """The moves of windows that a document decided after the round was announced, the first one first."""
    moves = WindowChange.objects.filter(window__round=round).exclude(document_number="")
    return list(moves.select_related("window").order_by("changed_at", "id"))
