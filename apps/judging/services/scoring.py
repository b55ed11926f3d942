"""Scoring begins: every accepted entry goes to the judges who are free to judge it. Scoring ends: nothing waits."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction

from apps.accounts.models import Person
from apps.dossiers.models import Entry
from apps.dossiers.states import EntryState
from apps.judging.access import counted_sheets, unconflicted_entries
from apps.judging.events import JudgingEvent
from apps.judging.models import Sheet
from apps.judging.queries.assigning import entries_to_score, lacking
from apps.judging.queries.conflicts import barred_pairs, undecided
from apps.judging.services.assigning import pairs_as_seen
from apps.judging.services.conflicts import detect_conflicts
from apps.judging.services.results import ask_for_snapshot
from apps.judging.states import SheetState
from apps.rounds.models import Appointment, Body, Round
from apps.rounds.services import advance, lock_round, require
from apps.rounds.states import Capability
from tieubieu.audit.services import record
from tieubieu.errors import DomainError

UNDECIDED = "Còn xung đột lợi ích chưa được quyết định; hãy quyết định rồi đóng chấm điểm."


@transaction.atomic
def start_scoring(round_id: UUID, *, actor: Person, seen: str = "") -> Round:
    """Hand every accepted entry to every panel member (Điều 16 TT 26/2014/TT-BCT) who has no conflict of interest
    there, be it undecided; or to some of them, as the proposal says that was `seen`. Conflicts are looked for once
    more before.

    Raises `DomainError` while a dossier is not concluded: one under correction is not trapped by a closing date; and
    as `pairs_as_seen` does.
    """
    round = lock_round(round_id)
    _require_all_concluded(round)
    round = advance(round_id, "start_scoring", actor=actor)
    panel = list(round.appointments.filter(body=Body.PANEL))
    entries = list(round.entries.filter(state=EntryState.ACCEPTED))
    if not panel or not entries:
        raise DomainError("Chưa thể chấm điểm: cần có Ban Giám khảo và ít nhất một hồ sơ hợp lệ.")
    detect_conflicts(round_id)
    free = pairs_as_seen(round, seen) if round.is_balanced else _to_all(round, entries, panel)
    Sheet.objects.bulk_create([Sheet(entry=entry, judge=judge) for entry, judge in free], ignore_conflicts=True)
    record(JudgingEvent.SHEETS_OPENED, round, actor=actor, entries=len(entries), judges=len(panel), plan=seen)
    return round


@transaction.atomic
def close_scoring(round_id: UUID, *, actor: Person) -> UUID:
    """Close scoring when no sheet is open any more and ask a worker for the snapshot; returns the job's id."""
    round = lock_round(round_id)
    require(round, Capability.SCORE)
    _require_all_locked(round, actor)
    if undecided(round, Body.PANEL).exists():
        raise DomainError(UNDECIDED)
    _note_short(round, actor)
    round = advance(round_id, "close_scoring", actor=actor)
    return ask_for_snapshot(round, actor=actor)


def _to_all(round: Round, entries: Iterable[Entry], panel: Sequence[Appointment]) -> list[tuple[Entry, Appointment]]:
    barred = barred_pairs(round)
    return [(entry, judge) for entry in entries for judge in panel if (judge.pk, entry.pk) not in barred]


def _note_short(round: Round, actor: Person) -> None:
    """Keep in the log which entries are scored by fewer judges than the round wanted: the mean is over those who
    scored, and nothing stops the round for it."""
    if not round.is_balanced:
        return
    sheets: dict[str, list[Sheet]] = {entry.code: [] for entry in entries_to_score(round)}
    for sheet in counted_sheets().filter(entry__round=round, entry__code__in=sheets).select_related("entry"):
        sheets[sheet.entry.code].append(sheet)
    short = [code for code, of_entry in sheets.items() if lacking(round, of_entry)]
    if short:
        record(JudgingEvent.SCORED_SHORT, round, actor=actor, entries=short)


def _require_all_concluded(round: Round) -> None:
    unchecked = round.entries.filter(state=EntryState.SUBMITTED).count()
    waiting = round.entries.filter(state=EntryState.SUPPLEMENT).count()
    parts = [f"{unchecked} hồ sơ chưa kiểm tra"] if unchecked else []
    parts += [f"{waiting} hồ sơ đang chờ cơ sở bổ sung"] if waiting else []
    if parts:
        told = " và ".join(parts)
        raise DomainError(f"Còn {told}; hãy kết luận từng hồ sơ trước khi chấm điểm.", unchecked=unchecked)


def _require_all_locked(round: Round, actor: Person) -> None:
    """How many wait is told without those of which the person may learn nothing."""
    waiting = Sheet.objects.filter(entry__round=round, state=SheetState.DRAFT)
    if waiting.exists():
        seen = waiting.filter(entry__in=unconflicted_entries(actor, round)).count()
        count = f"{seen} " if seen else ""
        raise DomainError(f"Còn {count}phiếu chưa khóa; chưa thể đóng chấm điểm.", waiting=seen)
