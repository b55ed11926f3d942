"""Who can be asked to answer for a step, and who can be appointed."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.accounts.models import Person, Role, RoleGrant
from apps.rounds.models import Body, Round

IN_CHARGE = (Role.ADMINISTRATOR, Role.OFFICER, Role.LEADER)


def who_may_answer(round: Round) -> QuerySet[Person]:
    """Officials of the authority, the commune's own at a commune's round, and whoever is appointed in the round."""
    roles = Q(grants__role__in=IN_CHARGE)
    if round.commune_code:
        roles |= Q(grants__role=Role.COMMUNE_OFFICER, unit__commune_code=round.commune_code)
    fitting = Person.objects.filter(roles | Q(appointments__round=round), is_active=True)
    return Person.objects.filter(pk__in=fitting.values("pk")).order_by("name_key", "id")


def who_may_sit(round: Round, body: Body) -> QuerySet[Person]:
    """People in service who do not sit in this body; those who act for facilities are not offered."""
    seated = round.appointments.filter(body=body, person=OuterRef("pk"))
    has_role = RoleGrant.objects.filter(person=OuterRef("pk"))
    serves_a_facility = Q(facilities_served__isnull=False) & ~Q(Exists(has_role))
    found = Person.objects.filter(is_active=True).exclude(serves_a_facility)
    return found.exclude(Exists(seated)).select_related("unit").order_by("name_key", "id")
