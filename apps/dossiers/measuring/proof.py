"""Every word of the site that something was kept, held against the database. Call inside the measured province."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from uuid import UUID

from django.core.files.storage import Storage

from apps.dossiers.events import EntryEvent
from apps.dossiers.measuring.acts import Kept
from apps.dossiers.models import Dossier, Entry, Filing, Paper
from apps.dossiers.queries import answers_of
from apps.dossiers.states import EntryState
from tieubieu.audit.models import Event
from tieubieu.uploads.models import StoredFile


def lost_answers(kept: Kept) -> list[str]:
    """The answers that were acknowledged and do not stand in their dossier."""
    entries = {entry_id for entry_id, _ in kept.answers}
    dossiers = {dossier.entry_id: answers_of(dossier) for dossier in Dossier.objects.filter(entry__in=entries)}
    return [
        f"{entry_id} {code}"
        for (entry_id, code), value in kept.answers.items()
        if dossiers.get(entry_id, {}).get(code) != value
    ]


def lost_photos(kept: Kept, storage: Storage) -> list[str]:
    """The photos that were acknowledged and have no paper, or whose bytes are not there as their hash says."""
    papers = Paper.objects.in_bulk(list(kept.photos))
    files = StoredFile.objects.in_bulk([paper.file_id for paper in papers.values()])
    whole = {file.pk for file in files.values() if _is_whole(file, storage)}
    there = {
        paper.pk for paper in papers.values() if paper.file_id in whole and paper.entry_id == kept.photos[paper.pk]
    }
    return [str(paper_id) for paper_id in kept.photos if paper_id not in there]


def lost_filings(kept: Kept) -> list[str]:
    """What is wrong with the filings that were acknowledged: each has one receipt, one code of its own, the state,
    one line in the log."""
    filings: dict[UUID, list[Filing]] = {}
    for filing in Filing.objects.filter(entry__in=kept.receipts):
        filings.setdefault(filing.entry_id, []).append(filing)
    filed = set(Entry.objects.filter(state=EntryState.SUBMITTED).values_list("pk", flat=True))
    logged = Counter(Event.objects.filter(tag=EntryEvent.SUBMITTED).values_list("subject_id", flat=True))
    codes = Counter(Filing.objects.values_list("receipt_code", flat=True))
    return list(_wrong(kept, filings, filed, logged, codes))


def _wrong(
    kept: Kept, filings: dict[UUID, list[Filing]], filed: set[UUID], logged: Counter[str], codes: Counter[str]
) -> Iterator[str]:
    for entry_id, told in kept.receipts.items():
        there = [filing.receipt_code for filing in filings.get(entry_id, [])]
        once = len(there) == 1 and codes[there[0]] == 1 and logged[str(entry_id)] == 1
        if set(told) != set(there) or not once or entry_id not in filed:
            yield f"{entry_id}: báo {told}, có {there}"


def _is_whole(file: StoredFile, storage: Storage) -> bool:
    try:
        with storage.open(file.storage_name) as bytes_of:
            return hashlib.sha256(bytes_of.read()).hexdigest() == file.sha256
    except FileNotFoundError:
        return False
