"""Who may keep the minutes of a session."""

from apps.accounts.models import Person
from apps.rounds.models import Body, Round


def scribes_of(round: Round, actor: Person) -> list[Person]:
    """The people of council and support team, and whoever asks; each once."""
    seats = round.appointments.filter(body__in=(Body.COUNCIL, Body.SUPPORT)).select_related("person")
    people = {seat.person_id: seat.person for seat in seats}
    return list(({actor.pk: actor} | people).values())
