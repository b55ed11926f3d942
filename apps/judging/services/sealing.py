"""A sheet is sealed by its lock, opened again by a chair, and what comes too late is kept aside."""

import secrets
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.urls import reverse

from apps.accounts.models import Person
from apps.judging.access import unconflicted_entries
from apps.judging.events import JudgingEvent
from apps.judging.models import LateDraft, LockedVersion, Opening, Origin, Reopening, Sheet
from apps.judging.queries import plain
from apps.judging.services.marking import (
    ScoringOver,
    clean_remark,
    lines_of,
    lock_own_sheet,
    marks_of,
    receipt,
    require_complete,
)
from apps.judging.states import MOVES
from apps.rounds.models import Round
from apps.rounds.services import require, share_round
from apps.rounds.states import Capability
from tieubieu.audit.services import record
from tieubieu.errors import DomainError, WrongState
from tieubieu.lib.text import nfc
from tieubieu.moves import move
from tieubieu.notices.services import Audience, tell
from tieubieu.reasons import given_reason

UNEXPLAINED = "Xin ghi lý do; lý do được lưu cùng việc này."
LONGEST_TYPED = 20


@transaction.atomic
def lock_sheet(sheet_id: UUID, *, actor: Person) -> Sheet:
    """Lock a complete sheet; the receipt code lets the judge prove later what was locked."""
    sheet = lock_own_sheet(sheet_id, actor)
    seal(sheet, origin=Origin.SCREEN, actor=actor)
    return sheet


def seal(sheet: Sheet, *, origin: Origin, actor: Person) -> None:
    """Lock the sheet and keep what was locked for good. The caller holds the sheet's lock.

    Raises `DomainError` while a box is empty, `WrongState` unless the sheet is a draft.
    """
    marks, lines = marks_of(sheet), lines_of(sheet)
    require_complete(lines, marks)
    move(sheet, "lock", MOVES, field="state")
    told = {code: plain(value) for code, value in marks.items() if value is not None}
    sheet.nonce, sheet.origin = secrets.token_hex(16), origin
    sheet.receipt_code = receipt({"sheet": sheet.pk}, nonce=sheet.nonce, scores=told, remark=sheet.remark)
    sheet.locked_at = Now()  # type: ignore[assignment]
    sheet.save(update_fields=["state", "nonce", "origin", "receipt_code", "locked_at"])
    _keep_version(sheet, told)
    record(JudgingEvent.SHEET_LOCKED, sheet, actor=actor, receipt=sheet.receipt_code, origin=origin.value)


def _keep_version(sheet: Sheet, marks: dict[str, str]) -> LockedVersion:
    return LockedVersion.objects.create(
        sheet=sheet,
        number=sheet.versions.count() + 1,
        marks=marks,
        remark=sheet.remark,
        origin=sheet.origin,
        nonce=sheet.nonce,
        receipt_code=sheet.receipt_code,
    )


@transaction.atomic
def reopen_sheet(sheet_id: UUID, *, reason: str, actor: Person) -> Sheet:
    """Open a locked sheet again before scoring closes; the locked version stays, and the judge is told why.

    Raises `DomainError` without a reason and for one's own sheet, `WrongState` for a sheet that is not locked.
    """
    sheet = (
        Sheet.objects.select_for_update(no_key=True, of=("self",))
        .select_related("entry__round", "judge__person")
        .get(pk=sheet_id)
    )
    require(share_round(sheet.entry.round_id), Capability.SCORE)
    why = given_reason(reason, UNEXPLAINED)
    if sheet.judge.person_id == actor.pk:
        raise DomainError("Không ai tự mở lại phiếu của mình; việc này do Chủ tịch hoặc Trưởng ban khác quyết định.")
    move(sheet, "reopen", MOVES, field="state")
    version = sheet.versions.first() or _keep_version(sheet, _plain_marks(sheet))
    Reopening.objects.create(version=version, reopened_by=actor, reason=why)
    sheet.nonce, sheet.receipt_code, sheet.locked_at = "", "", None
    sheet.version += 1
    sheet.save(update_fields=["state", "nonce", "receipt_code", "locked_at", "version"])
    _tell_judge(sheet, why)
    record(JudgingEvent.SHEET_REOPENED, sheet, actor=actor, reason=why, receipt=version.receipt_code)
    return sheet


@transaction.atomic
def open_scores(round: Round, entry_id: UUID, *, reason: str, actor: Person) -> Opening:
    """Let the panel see each other's locked sheets of an entry before all are locked.

    Raises `DomainError` without a reason, `WrongState` when they are open already.
    """
    why = given_reason(reason, UNEXPLAINED)
    entry = unconflicted_entries(actor, round).select_for_update(no_key=True, of=("self",)).get(pk=entry_id)
    if Opening.objects.filter(entry=entry).exists():
        raise WrongState("Điểm của hồ sơ này đã được mở niêm phong rồi.")
    opening = Opening.objects.create(entry=entry, opened_by=actor, reason=why)
    record(JudgingEvent.SCORES_OPENED, entry, actor=actor, reason=why)
    return opening


@transaction.atomic
def keep_late(sheet_id: UUID, asked: dict[str, Any], *, actor: Person) -> LateDraft | None:
    """Keep what a judge typed after the end as their own draft, as it was typed; None unless it did end for them."""
    try:
        lock_own_sheet(sheet_id, actor)
    except ScoringOver as over:
        sheet = over.sheet
    else:
        return None
    draft, _ = LateDraft.objects.select_for_update(no_key=True).get_or_create(sheet=sheet)
    if "remark" in asked:
        draft.remark = clean_remark(asked["remark"])
    elif any(line.key == asked.get("criterion") for line in lines_of(sheet)):
        draft.marks[asked["criterion"]] = nfc(str(asked.get("value") or "")).replace("\x00", "")[:LONGEST_TYPED]
    draft.save()
    return draft


def _plain_marks(sheet: Sheet) -> dict[str, str]:
    return {key: plain(value) for key, value in marks_of(sheet).items() if value is not None}


def _tell_judge(sheet: Sheet, why: str) -> None:
    tell(
        sheet.judge.person,
        audience=Audience.OFFICIALS,
        subject=f"Phiếu chấm {sheet.entry.code} được mở lại",
        text=f"Phiếu chấm của thành viên cho hồ sơ {sheet.entry.code} được mở lại để sửa.\nLý do: {why}\n"
        "Bản đã khóa vẫn được giữ. Xin sửa rồi khóa lại trước khi đóng chấm điểm.",
        url=reverse("judging:sheet", args=[sheet.pk]),
        about=sheet,
    )
