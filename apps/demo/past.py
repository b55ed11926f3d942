"""A round of an earlier year is played in a minute of today: afterwards its windows stand where that year had them."""

from datetime import date, datetime, timedelta

from django.db import transaction

from apps.demo.casting import Play
from apps.rounds.models import Round, Window, WindowChange, WindowKind
from apps.rounds.queries.days import working_calendar
from apps.rounds.queries.schedule import morning_of, proposed
from apps.rounds.services.windows import complaint_end


@transaction.atomic
def lay_into_its_year(round: Round, play: Play, decided_on: date) -> None:
    """Move every window, and the record of how it was set, to the working days that follow the play's plan.

    Past the services on purpose: nobody may move a window whose work is done, and nobody is told of an invented past.
    Laid twice it lies as after once.
    """
    spans = proposed(play.plan_on, working_calendar(play.plan_on))
    for window in round.windows.all():
        if window.kind == WindowKind.COMPLAINT:
            opens_at = morning_of(decided_on + timedelta(days=1))
            _lay(window, opens_at, complaint_end(round, opens_at))
        elif (closes_at := spans[WindowKind(window.kind)].closes_at) is not None:
            _lay(window, spans[WindowKind(window.kind)].opens_at, closes_at)


def _lay(window: Window, opens_at: datetime, closes_at: datetime) -> None:
    times = {"opens_at": opens_at, "closes_at": closes_at}
    Window.objects.filter(pk=window.pk).update(**times)
    WindowChange.objects.filter(window=window).update(**times, opened_before=None, closed_before=None)
