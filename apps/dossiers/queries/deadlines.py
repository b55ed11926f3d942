"""Until when a facility may be asked to mend its dossier."""

from datetime import date, timedelta

from django.utils import timezone

from apps.rounds.models import Round
from tenants.reference.queries import calendar
from tieubieu.lib.workdays import OutsideCalendar, add_working_days

WORKING_DAYS = 5
PLAIN_DAYS = 7
SUPPLEMENT = "supplement"


def default_due_on(round: Round, today: date) -> date:
    """The last day of the round's own window for supplements, or five working days from today.

    A year whose holidays nobody has announced yet counts as plain weeks.
    """
    window = round.windows.filter(kind=SUPPLEMENT).first()
    if window is not None:
        last_day = timezone.localdate(window.closes_at - timedelta(microseconds=1))
        if last_day > today:
            return last_day
    try:
        return add_working_days(today, WORKING_DAYS, calendar(today))
    except OutsideCalendar:
        return today + timedelta(days=PLAIN_DAYS)
