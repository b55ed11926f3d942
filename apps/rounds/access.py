"""Who may do what with a round."""

import rules
from django.db.models import QuerySet

from apps.accounts.models import Person, Role
from apps.rounds.models import Body, Post, Round
from apps.rounds.states import Capability


@rules.predicate
def is_officer(person: Person, _: object = None) -> bool:
    return Role.OFFICER in person.roles()


@rules.predicate
def is_staff_of_the_authority(person: Person, _: object = None) -> bool:
    return bool(person.roles() & {Role.OFFICER, Role.LEADER, Role.OBSERVER, Role.ADMINISTRATOR})


@rules.predicate
def is_appointed(person: Person, round: Round | None = None) -> bool:
    return round is not None and round.appointments.filter(person=person).exists()


@rules.predicate
def has_public_results(person: Person | None, round: Round | None = None) -> bool:
    return round is not None and round.may(Capability.SHOW_RESULTS)


@rules.predicate
def keeps_the_council(person: Person, round: Round | None = None) -> bool:
    """The council's chair or secretary."""
    posts = {Post.CHAIR, Post.SECRETARY}
    return round is not None and round.appointments.filter(person=person, body=Body.COUNCIL, post__in=posts).exists()


rules.add_perm("rounds.round.see", is_staff_of_the_authority | is_appointed)
rules.add_perm("rounds.round.run", is_officer)
rules.add_perm("rounds.results.see_before_publication", is_staff_of_the_authority | keeps_the_council)


def visible_rounds(person: Person) -> QuerySet[Round]:
    """The list face of `rounds.round.see`."""
    if is_staff_of_the_authority(person):
        return Round.objects.all()
    return Round.objects.filter(appointments__person=person).distinct()
