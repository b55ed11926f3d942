"""Officers are reminded of what is late, and of what is due within two days; once for each."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from apps.rounds.models import Round
from apps.rounds.queries.timeline import Duty, duties
from apps.rounds.states import Phase
from tieubieu.moments import transaction_time
from tieubieu.notices.services import Audience, tell
from tieubieu.ui.words import deadline

AHEAD = timedelta(days=2)


@transaction.atomic
def remind_officers() -> int:
    """Tell each officer what is late or nearly due; telling again changes nothing. Returns how many duties count."""
    rounds = Round.objects.exclude(phase=Phase.PUBLISHED).select_related("officer").prefetch_related("windows__officer")
    soon = transaction_time() + AHEAD
    found = [duty for duty in duties(rounds) if _is_pressing(duty, soon)]
    for duty in found:
        _remind(duty)
    return len(found)


def _is_pressing(duty: Duty, soon: datetime) -> bool:
    has_keeper = duty.officer is not None and duty.officer.is_active
    return has_keeper and duty.due_at is not None and duty.due_at <= soon


def _remind(duty: Duty) -> None:
    assert duty.officer is not None
    assert duty.due_at is not None
    due = timezone.localtime(duty.due_at)
    word = "Trễ hạn" if duty.is_late else "Sắp đến hạn"
    tell(
        duty.officer,
        audience=Audience.OFFICIALS,
        subject=f"{word}: {duty.label}, {duty.round.name}",
        text=f"Việc phải làm: {duty.task}.\nHạn: {deadline(due)} ({duty.lateness}).",
        url=reverse("rounds:cockpit" if duty.round.is_running else "setup:overview", args=[duty.round.code]),
        about=duty.round,
        key=f"duty:{duty.round.pk}:{duty.label}:{due:%Y%m%d%H%M}:{'late' if duty.is_late else 'soon'}",
    )
