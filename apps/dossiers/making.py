"""The printed receipt of one filing."""

from collections import Counter
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from apps.dossiers.models import EntryKind, Filing, Slot
from apps.rounds.rules import group_name
from tenants.gateways import describe, site_of
from tieubieu.binding import current
from tieubieu.documents.ink.receipt import ReceiptData
from tieubieu.documents.services import make_document


@transaction.atomic
def make_receipt(filing_id: UUID) -> Filing:
    """Print the receipt of a filing; a second run finds it printed."""
    filing = (
        Filing.objects.select_for_update(no_key=True, of=("self",))
        .select_related("entry__round", "entry__facility", "filed_by")
        .get(pk=filing_id)
    )
    if filing.document_id is None:
        document = make_document("receipt", filing, "receipt", receipt_words(filing))
        filing.document_id, filing.print_failed_at = document.pk, None
        filing.save(update_fields=["document_id", "print_failed_at"])
    return filing


def receipt_words(filing: Filing) -> ReceiptData:
    """What the receipt says: of the dossier what the filing fixed, not what the register says by now."""
    entry, content = filing.entry, filing.content
    counted = Counter(paper["slot"] for paper in content["papers"])
    return ReceiptData(
        authority=describe(current()).authority,
        code=filing.receipt_code,
        number=filing.number,
        round_name=entry.round.name,
        product_name=content["name"],
        is_set=content["kind"] == EntryKind.SET,
        group=group_name(entry.round, content["group"]),
        facility_name=content["facility"]["name"],
        tax_code=content["facility"]["tax_code"],
        facility_address=content["registration"].get("address") or entry.facility.address,
        filed_at=timezone.localtime(filing.filed_at),
        filed_by=filing.filed_by.full_name,
        is_assisted=filing.is_assisted,
        papers=tuple((str(slot.label), counted[slot.value]) for slot in Slot if counted[slot.value]),
        digest=filing.digest,
        lookup_url=lookup_url(filing.receipt_code),
        is_demo=entry.is_demo,
    )


def lookup_url(code: str) -> str:
    """Where the QR code leads: the receipt's page on this tenant's own host, open to whoever holds the code."""
    return site_of(describe(current())) + reverse("dossiers:receipt", args=[code])
