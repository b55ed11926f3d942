"""Who can be asked to answer for a step, and who can be appointed."""

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.accounts.models import OneTimeCode, Person, Role, RoleGrant
from apps.facilities.models import FacilityAgent
from apps.rounds.models import Appointment, Body, Round
from tieubieu.moments import transaction_time

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


def never_signed_in() -> QuerySet[Person]:
    """People whose account says nothing yet: no password, no visit, no role, no facility.

    A code for one of these opens nothing that was somebody's before; for everybody else it would take an account over,
    and only the administrator gives one out.
    """
    roles = RoleGrant.objects.filter(person=OuterRef("pk"))
    facilities = FacilityAgent.objects.filter(person=OuterRef("pk"))
    fresh = Person.objects.filter(is_active=True, last_login=None, password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return fresh.exclude(Exists(roles)).exclude(Exists(facilities))


def seats_without_code(round: Round, body: Body | None = None) -> QuerySet[Appointment]:
    """Seats of people who cannot come in yet and hold no code that still works."""
    alive = OneTimeCode.objects.filter(person=OuterRef("person"), expires_at__gt=transaction_time(), tries_left__gt=0)
    seats = round.appointments.filter(person__in=never_signed_in()).exclude(Exists(alive))
    return seats.filter(body=body) if body else seats
