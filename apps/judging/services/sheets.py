"""Sheets are opened, filled, locked; scoring closes; a worker computes the snapshot."""

from uuid import UUID

from django.db import transaction

from apps.accounts.models import Person
from apps.dossiers.states import EntryState
from apps.judging.events import JudgingEvent
from apps.judging.models import Sheet, Snapshot
from apps.judging.queries import ranking_input
from apps.judging.ranking import rank
from apps.judging.states import MOVES, SheetState
from apps.rounds.models import Body, Round
from apps.rounds.services import advance, lock_round, require
from apps.rounds.states import Capability
from tieubieu.audit.services import record
from tieubieu.errors import DomainError
from tieubieu.moves import move
from tieubieu.outbox.services import emit
from tieubieu.progress.services import finish_item, open_again, start_job

COMPUTE = "scoring.compute_snapshot"


@transaction.atomic
def start_scoring(round_id: UUID, *, actor: Person) -> Round:
    """Hand every accepted entry to every panel member (Điều 16 TT 26/2014/TT-BCT).

    Raises `DomainError` while a dossier is not concluded: one under correction is not trapped by a closing date.
    """
    round = lock_round(round_id)
    _require_all_concluded(round)
    round = advance(round_id, "start_scoring", actor=actor)
    panel = list(round.appointments.filter(body=Body.PANEL))
    entries = list(round.entries.filter(state=EntryState.ACCEPTED))
    if not panel or not entries:
        raise DomainError("Chưa thể chấm điểm: cần có Ban Giám khảo và ít nhất một hồ sơ hợp lệ.")
    Sheet.objects.bulk_create(
        [Sheet(entry=entry, judge=judge) for entry in entries for judge in panel], ignore_conflicts=True
    )
    record(JudgingEvent.SHEETS_OPENED, round, actor=actor, entries=len(entries), judges=len(panel))
    return round


@transaction.atomic
def recuse(sheet_id: UUID, *, reason: str, actor: Person) -> Sheet:
    """A recused judge's sheet is kept and simply does not count."""
    return _set_aside(sheet_id, "recuse", JudgingEvent.SHEET_RECUSED, reason, actor)


@transaction.atomic
def mark_absent(sheet_id: UUID, *, reason: str, actor: Person) -> Sheet:
    return _set_aside(sheet_id, "mark_absent", JudgingEvent.SHEET_ABSENT, reason, actor)


@transaction.atomic
def close_scoring(round_id: UUID, *, actor: Person) -> UUID:
    """Close scoring when no sheet is open any more and ask a worker for the snapshot; returns the job's id."""
    round = lock_round(round_id)
    require(round, Capability.SCORE)
    waiting = Sheet.objects.filter(entry__round=round, state=SheetState.DRAFT).count()
    if waiting:
        raise DomainError(f"Còn {waiting} phiếu chưa khóa; chưa thể đóng chấm điểm.", waiting=waiting)
    round = advance(round_id, "close_scoring", actor=actor)
    job = start_job("scoring", round, [str(round.pk)], label="Tính kết quả chấm điểm", actor=actor)
    emit(COMPUTE, round_id=str(round.pk), job_id=str(job.pk))
    return job.pk


@transaction.atomic
def compute_again(round_id: UUID, *, job_id: UUID, actor: Person) -> int:
    """Ask a worker again for the snapshot that could not be made; returns 1, or 0 when nothing had failed."""
    round = lock_round(round_id)
    failed = open_again(job_id)
    if failed:
        emit(COMPUTE, round_id=str(round_id), job_id=str(job_id))
        record(JudgingEvent.SNAPSHOT_ASKED_AGAIN, round, actor=actor)
    return len(failed)


@transaction.atomic
def compute_snapshot(round_id: UUID, *, job_id: UUID) -> Snapshot:
    """Rank the locked sheets into one immutable snapshot; the same sheets yield the same row."""
    round = lock_round(round_id)
    document = ranking_input(round)
    result = rank(document)
    snapshot = round.snapshots.filter(digest=result["digest"]).first()
    if snapshot is None:
        require(round, Capability.RANK)
        number = round.snapshots.count() + 1
        body = {**document, "results": result["entries"]}
        snapshot = Snapshot.objects.create(round=round, number=number, body=body, digest=result["digest"])
        record(JudgingEvent.SNAPSHOT_MADE, round, actor=None, number=number, digest=snapshot.digest)
    finish_item(job_id, str(round_id))
    return snapshot


def criteria(round: Round) -> list[dict[str, str]]:
    """The criteria of the round's frozen rules: code, max, label."""
    frame: list[dict[str, str]] = round.rules["criteria"]
    return frame


def _require_all_concluded(round: Round) -> None:
    unchecked = round.entries.filter(state=EntryState.SUBMITTED).count()
    waiting = round.entries.filter(state=EntryState.SUPPLEMENT).count()
    parts = [f"{unchecked} hồ sơ chưa kiểm tra"] if unchecked else []
    parts += [f"{waiting} hồ sơ đang chờ cơ sở bổ sung"] if waiting else []
    if parts:
        told = " và ".join(parts)
        raise DomainError(f"Còn {told}; hãy kết luận từng hồ sơ trước khi chấm điểm.", unchecked=unchecked)


def _set_aside(sheet_id: UUID, verb: str, event: JudgingEvent, reason: str, actor: Person) -> Sheet:
    sheet = Sheet.objects.select_for_update(of=("self",)).select_related("entry__round").get(pk=sheet_id)
    require(sheet.entry.round, Capability.SCORE)
    move(sheet, verb, MOVES, field="state")
    sheet.reason = reason
    sheet.save(update_fields=["state", "reason"])
    record(event, sheet, actor=actor, reason=reason)
    return sheet
