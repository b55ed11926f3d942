"""Where the portal and the desk show in the main navigation."""

from django.http import HttpRequest

from apps.accounts.models import Person
from apps.facilities.access import agencies_told
from apps.rounds.access import bodies_of
from apps.rounds.models import Body


def may_open_desk(request: HttpRequest) -> bool:
    """Officials, and whoever helps a council: known by the appointment alone, for this is asked on every page."""
    person = request.user
    if not isinstance(person, Person):
        return False
    return person.has_perm("dossiers.desk.see") or Body.SUPPORT in bodies_of(person)


def acts_for_a_facility(request: HttpRequest) -> bool:
    """Asked of the database only for people without an office: theirs are most pages, and this is on each of them."""
    person = request.user
    return isinstance(person, Person) and agencies_told(person)[0]


def may_assist(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.has_perm("dossiers.entry.assist")


def may_edit_forms(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.has_perm("dossiers.form.edit")
