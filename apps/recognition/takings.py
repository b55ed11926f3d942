"""What the register of facilities asks about rounds and certificates, answered from the rows of this room and below."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from apps.accounts.access import AUTHORITY, wears
from apps.accounts.models import Person
from apps.dossiers.access import assisted_entries, filed_entries, own_entries
from apps.dossiers.models import Entry
from apps.dossiers.states import EntryState
from apps.facilities.models import Facility
from apps.facilities.records import Past, Taking
from apps.recognition.models import Certificate
from apps.recognition.queries import state_on
from apps.recognition.states import CertificateState
from apps.rounds.states import Capability

STANDS_FOR = Coalesce("facility__merged_into_id", "facility_id")
BEFORE = "Trước khi dùng hệ thống"


class EntriesAndCertificates:
    """The records of the bound unit."""

    def facilities_with(self, past: Past, on: date) -> Q:
        """A certificate of a merged facility is held by the one that stands for it."""
        valid = Certificate.objects.filter(state=CertificateState.VALID)
        holding = Q(pk__in=_makers(valid.filter(valid_until__gte=on)))
        if past == Past.HOLDS:
            return holding
        if past == Past.EXPIRED:
            return Q(pk__in=_makers(valid.filter(valid_until__lt=on))) & ~holding
        entered = Q(pk__in=_makers(Entry.objects.filter(submitted_at__isnull=False)))
        return ~entered & ~Q(pk__in=_makers(Certificate.objects.all()))

    def takings_of(self, facility: Facility, reader: Person) -> Sequence[Taking]:
        """Entries that the reader may open; a result only once it is public, or for the authority."""
        family = facility.family().values("pk")
        own = set(own_entries(reader).filter(facility__in=family).values_list("pk", flat=True))
        readable = Q(pk__in=own) | Q(pk__in=filed_entries(reader)) | Q(pk__in=assisted_entries(reader))
        entries = Entry.objects.filter(readable, facility__in=family).select_related("round")
        entries = entries.prefetch_related(Prefetch("certificates", Certificate.objects.order_by("issued_on")))
        found = [_taking(entry, reader, is_own=entry.pk in own) for entry in entries]
        found += [_earlier(paper) for paper in Certificate.objects.filter(entry=None, facility__in=family)]
        return sorted(found, key=lambda taking: -taking.year)


def _makers(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(facility__isnull=False).order_by().values_list(STANDS_FOR, flat=True)


def _taking(entry: Entry, reader: Person, *, is_own: bool) -> Taking:
    round = entry.round
    result, held = "", ""
    if round.may(Capability.SHOW_RESULTS) or wears(reader, None, *AUTHORITY):
        result, held = _result(entry)
    page = "dossiers:tasks" if is_own or entry.submitted_at is None else "desk:dossier"
    return Taking(entry.name, round.name, round.year, entry.state, reverse(page, args=[entry.pk]), result, held)


def _result(entry: Entry) -> tuple[str, str]:
    papers = list(entry.certificates.all())
    if papers:
        return f"Giấy chứng nhận số {papers[-1].number}", state_on(papers[-1], timezone.localdate())
    is_over = entry.state == EntryState.ACCEPTED and entry.round.may(Capability.CERTIFY)
    return ("Không được công nhận" if is_over else ""), ""


def _earlier(paper: Certificate) -> Taking:
    """A certificate from papers of the time before: the round is unknown."""
    told = f"Giấy chứng nhận số {paper.number}"
    return Taking(paper.product_name, BEFORE, paper.year, "", "", told, state_on(paper, timezone.localdate()))
