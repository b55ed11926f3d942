"""Look for conflicts of interest again when a person or a facility changed."""

from collections.abc import Sequence
from uuid import UUID

from apps.accounts.services.people import COMPARE_PERSON
from apps.facilities.services.registering import COMPARE_FACILITIES
from apps.judging.services import compare_facilities, compare_person
from tieubieu.outbox.errands import errand


@errand(COMPARE_PERSON, queue="scoring", lease=120)
def compare_person_again(*, person_id: str) -> None:
    compare_person(UUID(person_id))


@errand(COMPARE_FACILITIES, queue="scoring", lease=120)
def compare_facilities_again(*, facility_ids: Sequence[str]) -> None:
    compare_facilities([UUID(each) for each in facility_ids])
