"""Who may see the facility register and bring facilities in."""

import rules

from apps.accounts.models import Person, Role


@rules.predicate
def works_for_the_authority(person: Person, _: object = None) -> bool:
    return bool(person.roles())


@rules.predicate
def is_officer(person: Person, _: object = None) -> bool:
    return Role.OFFICER in person.roles()


rules.add_perm("facilities.facility.see", works_for_the_authority)
rules.add_perm("facilities.facility.import", is_officer)
