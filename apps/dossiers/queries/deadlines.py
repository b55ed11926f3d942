"""Until when a facility may be asked to mend its dossier."""

from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from apps.dossiers.models import Supplement, SupplementState
from apps.rounds.models import Round, Window, WindowKind
from tenants.reference.queries import calendar
from tieubieu.lib.workdays import OutsideCalendar, add_working_days

WORKING_DAYS = 5
PLAIN_DAYS = 7


def last_day_of(closes_at: datetime) -> date:
    """The last day with time before a moment: midnight still belongs to the day before."""
    return timezone.localdate(closes_at - timedelta(microseconds=1))


def open_supplements(window: Window) -> QuerySet[Supplement]:
    """The open requests whose due day may follow this window; none for a window of another kind."""
    if window.kind != WindowKind.SUPPLEMENT:
        return Supplement.objects.none()
    return Supplement.objects.filter(entry__round=window.round_id, state=SupplementState.OPEN).order_by("entry_id")


def extended_due_on(supplement: Supplement, window: Window) -> date | None:
    """The new end of the window for a request that ended with it, None for one that stays as it is.

    A day that an officer chose apart from the window is left alone, and nobody loses a day. Every change since the
    request was made counts, so that it does not matter in which order two of them are followed.
    """
    changes = window.changes.filter(changed_at__gte=supplement.asked_at, closed_before__isnull=False)
    ends = {last_day_of(change.closed_before) for change in changes if change.closed_before}
    last_day = last_day_of(window.closes_at)
    return last_day if supplement.due_on in ends and last_day > supplement.due_on else None


def default_due_on(round: Round, today: date) -> date:
    """The last day of the round's own window for supplements, or five working days from today.

    A year whose holidays nobody has announced yet counts as plain weeks.
    """
    window = round.windows.filter(kind=WindowKind.SUPPLEMENT).first()
    if window is not None and (last_day := last_day_of(window.closes_at)) > today:
        return last_day
    try:
        return add_working_days(today, WORKING_DAYS, calendar(today))
    except OutsideCalendar:
        return today + timedelta(days=PLAIN_DAYS)
