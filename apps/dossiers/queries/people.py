"""Who may be named to screen the dossiers of a round."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from apps.accounts.models import Person, Role
from apps.rounds.models import Body, Level, Round


def screeners_of(rounds: Iterable[Round]) -> QuerySet[Person]:
    """Officers, the support teams of these rounds, and the officers of the communes that hold them."""
    held = list(rounds)
    communes = [round.area_code for round in held if round.level == Level.COMMUNE]
    may = (
        Q(grants__role=Role.OFFICER)
        | Q(appointments__round__in=held, appointments__body=Body.SUPPORT)
        | Q(grants__role=Role.COMMUNE_OFFICER, unit__commune_code__in=communes)
    )
    return Person.objects.filter(may, is_active=True).distinct().order_by("name_key", "id")
