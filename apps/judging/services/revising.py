"""A result is computed once more with some marks replaced: the same arithmetic, a new row that cites the old one."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from apps.judging.events import JudgingEvent
from apps.judging.models import Snapshot
from apps.judging.ranking import rank
from apps.judging.states import SheetState
from tieubieu.audit.services import record
from tieubieu.errors import DomainError

# Entry code -> judge's id -> criterion -> mark as the ranking format writes it.
Replacing = Mapping[str, Mapping[str, Mapping[str, str]]]


def revise_snapshot(base: Snapshot, marks: Replacing) -> Snapshot:
    """The result of `base` with these marks in the place of those that counted. The caller holds the round's lock.

    Marks that change nothing yield the row that is there already. Raises `DomainError` for a sheet that did not count.
    """
    document = replaced(base.body, marks)
    result = rank(document)
    known = Snapshot.objects.filter(round=base.round_id, digest=result["digest"]).first()
    if known is not None:
        return known
    number = Snapshot.objects.filter(round=base.round_id).count() + 1
    made = Snapshot.objects.create(
        round_id=base.round_id,
        number=number,
        body={**document, "results": result["entries"]},
        digest=result["digest"],
        cites=base,
    )
    record(JudgingEvent.SNAPSHOT_REVISED, base.round, actor=None, number=number, digest=made.digest, cites=base.digest)
    return made


def replaced(body: Mapping[str, Any], marks: Replacing) -> dict[str, Any]:
    """The document that `body` was ranked from, with other marks; `body` stays as it is."""
    entries = deepcopy(body["entries"])
    sheets = {
        (entry["id"], sheet["judge"]): sheet
        for entry in entries
        for sheet in entry["sheets"]
        if sheet["status"] == SheetState.LOCKED
    }
    for code, of_entry in marks.items():
        for judge, scores in of_entry.items():
            sheet = sheets.get((code, judge))
            if sheet is None:
                raise DomainError(f"Phiếu cần thay điểm của hồ sơ {code} không có trong kết quả làm căn cứ.")
            sheet["scores"] |= scores
    return {"rules": deepcopy(body["rules"]), "entries": entries}
