"""The simplest way to the same end, to compare with: bare statements of SQL, and proving a photo without a site."""

import json
from collections.abc import Sequence
from uuid import UUID, uuid4

from apps.dossiers.models import Entry
from apps.dossiers.queries.content import content_of
from tenants.benchmarks.arrivals import percentile
from tenants.benchmarks.bare import Statement, committed
from tenants.benchmarks.figures import seconds
from tieubieu.uploads.kinds import PHOTOS
from tieubieu.uploads.proving import prove

SAVE = "UPDATE dossiers_dossier SET description = description || %s::jsonb WHERE entry_id = %s"
MARK = "UPDATE dossiers_entry SET state = 'submitted', submitted_at = now() WHERE id = %s"
KEEP = """INSERT INTO dossiers_filing (id, entry_id, number, filed_by_id, is_assisted, confirmed_through, content,
    digest, receipt_code, filed_at) VALUES (%s, %s, %s, %s, false, '', %s::jsonb, '', %s, now())"""
TIMES = 60


def saved(entry_id: UUID) -> float:
    """Seconds of one statement that puts an answer into a dossier and commits."""
    return _middle(committed(lambda n: [(SAVE, [json.dumps({"do": f"Câu trả lời số {n}"}), entry_id])], TIMES))


def filed(entry_id: UUID) -> float:
    """Seconds of a transaction that marks a dossier as filed and keeps its whole content."""
    entry = Entry.objects.select_related("round", "facility", "dossier__form").get(pk=entry_id)
    content = json.dumps(content_of(entry))

    def statements(n: int) -> list[Statement]:
        kept = [uuid4(), entry_id, n, entry.begun_by_id, content, uuid4().hex[:20]]
        return [(MARK, [entry_id]), (KEEP, kept)]

    return _middle(committed(statements, TIMES))


def proven(photos: Sequence[bytes]) -> float:
    """Seconds of proving and redrawing one photo, without keeping it."""
    return _middle([seconds(lambda photo=photo: prove(photo, kinds=PHOTOS)) for photo in photos])  # type: ignore[misc]


def _middle(times: Sequence[float]) -> float:
    return percentile(times, 50)
