"""Sheets are opened, filled, locked; scoring closes; a worker computes the snapshot."""

import hashlib
import secrets
from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from apps.accounts.models import Person
from apps.dossiers.states import EntryState
from apps.judging.events import JudgingEvent
from apps.judging.models import Mark, Sheet, Snapshot
from apps.judging.queries import plain, ranking_input
from apps.judging.ranking import rank
from apps.judging.states import MOVES, SheetState
from apps.rounds.models import Body, Round
from apps.rounds.services import advance, lock_round, require
from apps.rounds.states import Capability
from tieubieu.audit.services import record
from tieubieu.errors import DomainError, WrongState
from tieubieu.lib.canonical import canonical_json
from tieubieu.moves import move
from tieubieu.outbox.services import emit
from tieubieu.progress.services import finish_item, start_job

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
def save_mark(sheet_id: UUID, criterion: str, value: Decimal | None, *, version: int, actor: Person) -> Sheet:
    """Save one mark of a draft sheet. `version` is the one the judge last saw.

    Raises `WrongState` (409) when another tab saved in between, `DomainError` for a value the form does not allow.
    """
    sheet = lock_own_sheet(sheet_id, actor)
    _require_legal(criterion, value, _maxima(sheet.entry.round))
    if sheet.marks.filter(criterion=criterion, value=value).exists():
        return sheet  # the answer to an earlier save got lost on the way
    if sheet.version != version:
        raise WrongState(
            "Phiếu này vừa được sửa ở nơi khác. Xin tải lại để thấy điểm mới nhất trước khi sửa tiếp.",
            version=sheet.version,
        )
    _write_marks(sheet, {criterion: value})
    return sheet


@transaction.atomic
def save_marks(sheet_id: UUID, marks: Mapping[str, Decimal | None], *, remark: str, actor: Person) -> Sheet:
    """Save a whole draft sheet at once."""
    sheet = lock_own_sheet(sheet_id, actor)
    sheet.remark = remark
    _write_marks(sheet, marks)
    return sheet


@transaction.atomic
def lock_sheet(sheet_id: UUID, *, actor: Person) -> Sheet:
    """Lock a complete sheet; the receipt code lets the judge prove later what was locked."""
    sheet = lock_own_sheet(sheet_id, actor)
    marks = {m.criterion: m.value for m in sheet.marks.all()}
    missing = [c["code"] for c in criteria(sheet.entry.round) if marks.get(c["code"]) is None]
    if missing:
        raise DomainError(f"Còn tiêu chí chưa chấm: {', '.join(missing)}. Xin chấm đủ rồi khóa phiếu.", missing=missing)
    move(sheet, "lock", MOVES, field="state")
    sheet.nonce = secrets.token_hex(16)
    sheet.receipt_code = receipt(sheet, {code: plain(value) for code, value in marks.items() if value is not None})
    sheet.locked_at = Now()  # type: ignore[assignment]
    sheet.save(update_fields=["state", "nonce", "receipt_code", "locked_at"])
    record(JudgingEvent.SHEET_LOCKED, sheet, actor=actor, receipt=sheet.receipt_code)
    return sheet


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


def receipt(sheet: Sheet, scores: Mapping[str, str]) -> str:
    """SHA-256 over nonce and sheet: a commitment the judge can check after publication."""
    content = {"nonce": sheet.nonce, "sheet": str(sheet.pk), "scores": dict(scores), "remark": sheet.remark}
    return hashlib.sha256(canonical_json(content)).hexdigest()


def lock_own_sheet(sheet_id: UUID, actor: Person) -> Sheet:
    """The row lock for a judge's own open sheet; anybody else's sheet does not exist for them."""
    sheet = (
        Sheet.objects.select_for_update(of=("self",))
        .select_related("entry__round", "judge")
        .get(pk=sheet_id, judge__person=actor)
    )
    require(sheet.entry.round, Capability.SCORE)
    if sheet.state != SheetState.DRAFT:
        raise WrongState("Phiếu đã khóa hoặc không còn được chấm.", state=sheet.state)
    return sheet


def _require_all_concluded(round: Round) -> None:
    unchecked = round.entries.filter(state=EntryState.SUBMITTED).count()
    waiting = round.entries.filter(state=EntryState.SUPPLEMENT).count()
    parts = [f"{unchecked} hồ sơ chưa kiểm tra"] if unchecked else []
    parts += [f"{waiting} hồ sơ đang chờ cơ sở bổ sung"] if waiting else []
    if parts:
        told = " và ".join(parts)
        raise DomainError(f"Còn {told}; hãy kết luận từng hồ sơ trước khi chấm điểm.", unchecked=unchecked)


def _write_marks(sheet: Sheet, marks: Mapping[str, Decimal | None]) -> None:
    legal = _maxima(sheet.entry.round)
    for code, value in marks.items():
        _require_legal(code, value, legal)
    Mark.objects.bulk_create(
        [Mark(sheet=sheet, criterion=code, value=value) for code, value in marks.items()],
        update_conflicts=True,
        unique_fields=["sheet", "criterion"],
        update_fields=["value"],
    )
    sheet.version += 1
    sheet.save(update_fields=["version", "remark"])


def _maxima(round: Round) -> dict[str, Decimal]:
    return {c["code"]: Decimal(c["max"]) for c in criteria(round)}


def _require_legal(code: str, value: Decimal | None, legal: Mapping[str, Decimal]) -> None:
    if code not in legal:
        raise DomainError(f"Không có tiêu chí {code} trong khung điểm của kỳ này.", criterion=code)
    if value is None:
        return
    if not 0 <= value <= legal[code]:
        raise DomainError(
            f"Điểm tiêu chí {code} phải từ 0 đến {plain(legal[code])}; đã nhập {plain(value).replace('.', ',')}.",
            criterion=code,
        )
    if value != value.quantize(Decimal("0.01")):
        raise DomainError(f"Điểm tiêu chí {code} chỉ có tối đa hai chữ số sau dấu phẩy.", criterion=code)


def _set_aside(sheet_id: UUID, verb: str, event: JudgingEvent, reason: str, actor: Person) -> Sheet:
    sheet = Sheet.objects.select_for_update(of=("self",)).select_related("entry__round").get(pk=sheet_id)
    require(sheet.entry.round, Capability.SCORE)
    move(sheet, verb, MOVES, field="state")
    sheet.reason = reason
    sheet.save(update_fields=["state", "reason"])
    record(event, sheet, actor=actor, reason=reason)
    return sheet
