"""Facilities that filed, or are about to, are told when a window that concerns them moves."""

from contextlib import suppress
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from apps.accounts.models import Person
from apps.dossiers.models import Entry
from apps.dossiers.states import EntryState
from apps.facilities.models import Facility
from apps.rounds.models import WindowChange, WindowKind
from apps.rounds.services import change_words
from tieubieu.errors import DomainError
from tieubieu.notices.services import Audience, tell, write_mail

CONCERNED: dict[str, tuple[EntryState, ...]] = {
    WindowKind.FILING: (EntryState.DRAFT, EntryState.SUBMITTED, EntryState.SUPPLEMENT),
    WindowKind.SUPPLEMENT: (EntryState.SUBMITTED, EntryState.SUPPLEMENT),
    WindowKind.COMPLAINT: (EntryState.ACCEPTED, EntryState.INELIGIBLE, EntryState.MERGED),
}


@transaction.atomic
def tell_filers_of_window(change_id: UUID) -> int:
    """Tell everybody who acts for a facility with a dossier that the move concerns, or else its own address.

    Telling again changes nothing. Returns how many facilities are concerned; none when the round is gone.
    """
    change = WindowChange.objects.select_related("window__round").filter(pk=change_id).first()
    if change is None:
        return 0
    window = change.window
    entries = Entry.objects.filter(round=window.round, state__in=CONCERNED.get(window.kind, ()))
    facilities = Facility.objects.filter(pk__in=entries.values("facility_id")).order_by("pk")
    for facility in facilities:
        _tell(facility, change)
    return len(facilities)


def _tell(facility: Facility, change: WindowChange) -> None:
    subject, text = change_words(change)
    url = reverse("announcement", args=[change.window.round.code])
    approved = {"facilities_served__facility": facility, "facilities_served__approved_at__isnull": False}
    people = list(Person.objects.filter(**approved, is_active=True).distinct().order_by("pk"))
    for person in people:
        tell(
            person,
            audience=Audience.FACILITIES,
            subject=subject,
            text=text,
            url=url,
            about=change.window.round,
            key=f"window:{change.pk}",
        )
    if facility.email and not any(person.email for person in people):
        with suppress(DomainError):  # a bad address on the register must not keep the others from being told
            write_mail(
                facility.email,
                audience=Audience.FACILITIES,
                subject=subject,
                text=text,
                url=url,
                key=f"window:{change.pk}:{facility.pk}",
            )
