"""The receipt of a filing is printed by a worker; when that failed for good, people are told and may ask again."""

from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from apps.accounts.models import Person
from apps.dossiers.events import EntryEvent
from apps.dossiers.models import Filing
from tieubieu.audit.services import record
from tieubieu.outbox.services import emit

MAKE_RECEIPT = "documents.make_receipt"


def say_not_printed(filing_id: UUID) -> None:
    """Note that nobody tries any more to print the receipt; one that is printed stays so. Idempotent."""
    Filing.objects.filter(pk=filing_id, document_id__isnull=True).update(print_failed_at=Now())


@transaction.atomic
def print_again(filing_id: UUID, *, actor: Person) -> Filing:
    """Have the receipt printed after it failed; one that is printed, or is being printed, is left alone."""
    filing = Filing.objects.select_for_update(no_key=True, of=("self",)).select_related("entry").get(pk=filing_id)
    if filing.document_id is not None or filing.print_failed_at is None:
        return filing
    filing.print_failed_at = None
    filing.save(update_fields=["print_failed_at"])
    emit(MAKE_RECEIPT, filing_id=filing.pk)
    record(EntryEvent.RECEIPT_ASKED_AGAIN, filing.entry, actor=actor, number=filing.number)
    return filing
