"""Scoring begins: every accepted entry goes to the judges who are free to judge it. Scoring ends: nothing waits."""

from uuid import UUID

from django.db import transaction

from apps.accounts.models import Person
from apps.dossiers.states import EntryState
from apps.judging.access import unconflicted_entries
from apps.judging.events import JudgingEvent
from apps.judging.models import Sheet
from apps.judging.queries.conflicts import barred_pairs, undecided
from apps.judging.services.conflicts import detect_conflicts
from apps.judging.services.results import ask_for_snapshot
from apps.judging.states import SheetState
from apps.rounds.models import Body, Round
from apps.rounds.services import advance, lock_round, require
from apps.rounds.states import Capability
from tieubieu.audit.services import record
from tieubieu.errors import DomainError

UNDECIDED = "Còn xung đột lợi ích chưa được quyết định; hãy quyết định rồi đóng chấm điểm."


@transaction.atomic
def start_scoring(round_id: UUID, *, actor: Person) -> Round:
    """Hand every accepted entry to every panel member (Điều 16 TT 26/2014/TT-BCT) who has no conflict of interest
    there, be it undecided. Conflicts are looked for once more before.

    Raises `DomainError` while a dossier is not concluded: one under correction is not trapped by a closing date.
    """
    round = lock_round(round_id)
    _require_all_concluded(round)
    round = advance(round_id, "start_scoring", actor=actor)
    panel = list(round.appointments.filter(body=Body.PANEL))
    entries = list(round.entries.filter(state=EntryState.ACCEPTED))
    if not panel or not entries:
        raise DomainError("Chưa thể chấm điểm: cần có Ban Giám khảo và ít nhất một hồ sơ hợp lệ.")
    detect_conflicts(round_id)
    barred = barred_pairs(round)
    free = [(entry, judge) for entry in entries for judge in panel if (judge.pk, entry.pk) not in barred]
    Sheet.objects.bulk_create([Sheet(entry=entry, judge=judge) for entry, judge in free], ignore_conflicts=True)
    record(JudgingEvent.SHEETS_OPENED, round, actor=actor, entries=len(entries), judges=len(panel))
    return round


@transaction.atomic
def close_scoring(round_id: UUID, *, actor: Person) -> UUID:
    """Close scoring when no sheet is open any more and ask a worker for the snapshot; returns the job's id."""
    round = lock_round(round_id)
    require(round, Capability.SCORE)
    _require_all_locked(round, actor)
    if undecided(round, Body.PANEL).exists():
        raise DomainError(UNDECIDED)
    round = advance(round_id, "close_scoring", actor=actor)
    return ask_for_snapshot(round, actor=actor)


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
