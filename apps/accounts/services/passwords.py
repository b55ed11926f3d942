"""A person chooses the own password."""

from django.db import transaction

from apps.accounts.events import PeopleEvent
from apps.accounts.models import OneTimeCode, Person
from tieubieu.audit.services import record


@transaction.atomic
def choose_password(person: Person, password: str) -> None:
    """Set the password the person chose: sessions elsewhere end, and a one-time code not used yet dies."""
    person.set_password(password)
    person.save()
    OneTimeCode.objects.filter(person=person).delete()
    record(PeopleEvent.PASSWORD_CHOSEN, person, actor=person, login=person.login)
