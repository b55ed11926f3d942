"""The checklist: one line at a time, and nobody's finding is overwritten unseen."""

from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from apps.accounts.models import Person
from apps.dossiers.events import ScreeningEvent
from apps.dossiers.models import Check, Entry, Verdict
from apps.dossiers.queries.standing import check_stamp, last_word
from apps.dossiers.states import EntryState
from apps.rounds.services import require
from apps.rounds.states import Capability
from tieubieu.audit.services import record
from tieubieu.errors import DomainError, WrongState
from tieubieu.lib.text import nfc

LONGEST_NOTE = 500
CHECKABLE = frozenset({EntryState.SUBMITTED, EntryState.SUPPLEMENT})


class CheckedElsewhere(WrongState):
    """Somebody else has written this line since; `check` is what stands there now, None when it was cleared."""

    code = "checked_elsewhere"

    def __init__(self, check: Check | None) -> None:
        super().__init__("Mục này vừa được người khác ghi; xin chọn giữ kết quả nào.")
        self.check = check


@transaction.atomic
def record_check(entry_id: UUID, place: str, *, verdict: str, note: str, seen: str, actor: Person) -> Check | None:
    """Write one line as found; an empty verdict clears it. `seen` is the stamp of the line that the page showed.

    The door has asked whether the dossier has such a place. Raises `CheckedElsewhere` when somebody else's finding
    stands there by now; saying the same again, and changing one's own from another window, is no quarrel.
    """
    words = _legal_words(verdict, note)
    entry = _lock(entry_id)
    found = Check.objects.filter(entry=entry, place=place).select_related("checked_by").first()
    if _says(found) == (verdict, words):
        return found
    if check_stamp(found) != seen and (found is None or found.checked_by_id != actor.pk):
        raise CheckedElsewhere(found)
    before, _ = _says(found)
    kept = _write(entry, place, found, verdict, words, actor)
    record(ScreeningEvent.CHECKED, entry, actor=actor, place=place, verdict=verdict, before=before)
    return kept


def _lock(entry_id: UUID) -> Entry:
    """The entry alone: checking many dossiers at once does not wait for the round."""
    entry = Entry.objects.select_for_update(no_key=True, of=("self",)).select_related("round").get(pk=entry_id)
    require(entry.round, Capability.SCREEN)
    if entry.state not in CHECKABLE:
        raise WrongState(last_word(entry), state=entry.state)
    return entry


def _write(entry: Entry, place: str, found: Check | None, verdict: str, note: str, actor: Person) -> Check | None:
    if found is None:
        return Check.objects.create(entry=entry, place=place, verdict=verdict, note=note, checked_by=actor)
    if not verdict:
        found.delete()
        return None
    found.verdict, found.note, found.checked_by = verdict, note, actor
    found.version += 1
    found.checked_at = Now()  # type: ignore[assignment]
    found.save()
    found.refresh_from_db()
    return found


def _says(check: Check | None) -> tuple[str, str]:
    return (check.verdict, check.note) if check else ("", "")


def _legal_words(verdict: str, note: str) -> str:
    words = " ".join(nfc(note).split())
    if verdict and verdict not in Verdict.values:
        raise DomainError("Kết quả kiểm tra chỉ có thể là đạt, thiếu hoặc chưa đúng.")
    if len(words) > LONGEST_NOTE:
        raise DomainError(f"Ghi chú dài {len(words)} ký tự; xin viết gọn trong {LONGEST_NOTE} ký tự.")
    return words if verdict else ""
