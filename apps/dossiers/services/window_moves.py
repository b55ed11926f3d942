"""A window moves: what was to be mended until its end follows it, and the facilities that it concerns are told."""

from collections import defaultdict
from contextlib import suppress
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from apps.accounts.models import Person
from apps.dossiers.events import ScreeningEvent
from apps.dossiers.models import Entry, Supplement, SupplementState
from apps.dossiers.queries.deadlines import extended_due_on, open_supplements
from apps.dossiers.services.entries import lock_entry
from apps.dossiers.states import EntryState
from apps.facilities.models import Facility
from apps.rounds.models import WindowChange, WindowKind
from apps.rounds.services import change_words
from tieubieu.audit.services import record
from tieubieu.errors import DomainError
from tieubieu.notices.services import Audience, tell, write_mail
from tieubieu.ui.words import day

CONCERNED: dict[str, tuple[EntryState, ...]] = {
    WindowKind.FILING: (EntryState.DRAFT, EntryState.SUBMITTED, EntryState.SUPPLEMENT),
    WindowKind.SUPPLEMENT: (EntryState.SUBMITTED, EntryState.SUPPLEMENT),
    WindowKind.COMPLAINT: (EntryState.ACCEPTED, EntryState.INELIGIBLE, EntryState.MERGED),
}


@transaction.atomic
def tell_filers_of_window(change_id: UUID) -> int:
    """Move the due days that ended with the window, then tell everybody who acts for a facility with a dossier that
    the move concerns, or else its own address.

    A second time changes nothing. Returns how many facilities are concerned; none when the round is gone.
    """
    change = WindowChange.objects.select_related("window__round").filter(pk=change_id).first()
    if change is None:
        return 0
    window, extended = change.window, _extend_supplements(change)
    entries = Entry.objects.filter(round=window.round, state__in=CONCERNED.get(window.kind, ()))
    facilities = Facility.objects.filter(pk__in=entries.values("facility_id")).order_by("pk")
    for facility in facilities:
        _tell(facility, change, extended.get(facility.pk, []))
    return len(facilities)


def _extend_supplements(change: WindowChange) -> dict[UUID, list[str]]:
    """What each facility is told of its own dossiers; one after the other, under the lock of every other decision."""
    told: dict[UUID, list[str]] = defaultdict(list)
    for entry_id in list(open_supplements(change.window).values_list("entry_id", flat=True)):
        entry, _ = lock_entry(entry_id)
        supplement = (
            Supplement.objects.select_for_update(no_key=True).filter(entry=entry, state=SupplementState.OPEN).first()
        )
        due_on = extended_due_on(supplement, change.window) if supplement else None
        if supplement is None or due_on is None:
            continue
        before, supplement.due_on = supplement.due_on, due_on
        supplement.save(update_fields=["due_on"])
        facts = {"supplement": str(supplement.pk), "before": before, "due": due_on}
        record(ScreeningEvent.SUPPLEMENT_EXTENDED, entry, actor=change.changed_by, **facts)
        told[entry.facility_id].append(f"Hạn bổ sung hồ sơ “{entry.name}” nay là ngày {day(due_on)}.")
    return told


def _tell(facility: Facility, change: WindowChange, lines: list[str]) -> None:
    subject, text = change_words(change)
    text = "\n".join([text, *lines])
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
