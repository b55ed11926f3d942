"""What a member of council or panel says of themselves, so that conflicts of interest are found."""

from uuid import UUID

from django.db import transaction

from apps.accounts.models import Person
from apps.accounts.services.people import COMPARE_PERSON
from apps.judging.events import JudgingEvent
from apps.judging.models import Affiliation, AffiliationKind, MemberProfile
from tieubieu.audit.services import record
from tieubieu.errors import DomainError
from tieubieu.names import safe_name
from tieubieu.outbox.services import emit

MOST = 40


@transaction.atomic
def set_home_address(address: str, *, actor: Person) -> None:
    """Say where one lives; saying the same again changes nothing."""
    person = _held(actor)
    profile, _ = MemberProfile.objects.get_or_create(person=person)
    if profile.address == address:
        return
    profile.address = address
    profile.save()
    record(JudgingEvent.PROFILE_CHANGED, person, actor=actor, address=address)
    emit(COMPARE_PERSON, person_id=person.pk)


@transaction.atomic
def add_affiliation(
    *,
    kind: AffiliationKind,
    name: str,
    actor: Person,
    tax_code: str = "",
    since_year: int | None = None,
    until_year: int | None = None,
) -> Affiliation:
    """State an employer or an enterprise of one's own; stating the same name again corrects what is known of it.

    `tax_code` is in its normal form. Raises `DomainError` when there are too many.
    """
    person = _held(actor)
    if person.affiliations.count() >= MOST:
        raise DomainError(f"Đã khai {MOST} nơi; xin bỏ bớt nơi không còn cần rồi khai tiếp.")
    told = {"tax_code": tax_code, "since_year": since_year, "until_year": until_year}
    affiliation, _ = Affiliation.objects.update_or_create(person=person, kind=kind, name=safe_name(name), defaults=told)
    record(JudgingEvent.PROFILE_CHANGED, person, actor=actor, added=affiliation.name, tax_code=tax_code)
    emit(COMPARE_PERSON, person_id=person.pk)
    return affiliation


@transaction.atomic
def remove_affiliation(affiliation_id: UUID, *, actor: Person) -> None:
    """Take back what one stated; what was found by it stays until somebody decides. Raises
    `Affiliation.DoesNotExist` for what is another's."""
    person = _held(actor)
    affiliation = Affiliation.objects.get(pk=affiliation_id, person=person)
    affiliation.delete()
    record(JudgingEvent.PROFILE_CHANGED, person, actor=actor, removed=affiliation.name)
    emit(COMPARE_PERSON, person_id=person.pk)


def _held(person: Person) -> Person:
    return Person.objects.select_for_update(no_key=True).get(pk=person.pk)
