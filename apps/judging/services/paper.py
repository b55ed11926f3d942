"""Signed paper sheets are printed, typed in twice by different people, and decided by a third when the two differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from apps.accounts.models import Person
from apps.judging.access import visible_sheets
from apps.judging.events import JudgingEvent
from apps.judging.frame import SheetLine
from apps.judging.models import Origin, PaperCase, Sheet
from apps.judging.queries import plain
from apps.judging.services.alerting import tell_secretary
from apps.judging.services.marking import clean_remark, lines_of, put_marks, require_legal
from apps.judging.services.sealing import UNEXPLAINED, seal
from apps.judging.states import PAPER_MOVES, PaperState, SheetState
from apps.rounds.models import Appointment, Round
from apps.rounds.services import require, share_round
from apps.rounds.states import Capability
from tieubieu.audit.services import record
from tieubieu.errors import DomainError, NotAllowed, WrongState
from tieubieu.moves import move
from tieubieu.outbox.services import emit
from tieubieu.reasons import given_reason

PRINT = "documents.print_paper_sheets"
REMARK = "remark"
MOST_TRIES = 1  # how often the second typing may differ and be typed once more


@dataclass(frozen=True)
class Typed:
    """What one person read from the paper: a mark for every line, and the remark."""

    marks: Mapping[str, Decimal]
    remark: str = ""


class PapersDiffer(WrongState):
    """The second typing is not the first. `fields` names the lines that differ; no value leaves with it."""

    code = "papers_differ"

    def __init__(self, fields: Sequence[str]) -> None:
        super().__init__(
            "Có ô khác với lần nhập thứ nhất. Xin đối chiếu lại từng ô được đánh dấu với phiếu giấy. Chỉ được nhập lại"
            " một lần: nếu vẫn khác, phiếu chuyển cho thư ký quyết định."
        )
        self.fields = tuple(fields)


@transaction.atomic
def ask_for_paper(judge_id: UUID, *, actor: Person) -> None:
    """Ask a worker to print the open sheets of a judge, one page each (Phụ lục 4 TT 26/2014/TT-BCT)."""
    judge = Appointment.objects.select_related("round").get(pk=judge_id)
    require(share_round(judge.round_id), Capability.SCORE)
    record(JudgingEvent.PAPER_ASKED, judge.round, actor=actor, judge=str(judge.pk))
    emit(PRINT, judge_id=str(judge.pk))


@transaction.atomic
def type_first(round: Round, sheet_id: UUID, typed: Typed, *, scan_id: UUID, actor: Person) -> PaperCase:
    """Keep the first typing with the scan of the signed paper. Raises `WrongState` when there is one already."""
    sheet = _lock_open_sheet(round, sheet_id, actor)
    if PaperCase.objects.filter(sheet=sheet).exists():
        raise WrongState("Phiếu giấy này đã được nhập lần một. Xin để người khác nhập lần hai.")
    case = PaperCase.objects.create(sheet=sheet, scan_id=scan_id, first=_checked(sheet, typed), first_by=actor)
    record(JudgingEvent.PAPER_TYPED, sheet, actor=actor, time=1, scan=str(scan_id))
    return case


def type_second(round: Round, sheet_id: UUID, typed: Typed, *, actor: Person, is_compared: bool = False) -> PaperCase:
    """Type the paper again; when both agree the sheet is locked. Somebody else than the first must do it.

    Raises `PapersDiffer` with the lines that differ, once for a paper whoever types it, for what can be tried can be
    guessed; that try is counted. When they say that they compared (`is_compared`), or differ again, their typing is
    kept and the case waits for the secretary, who is told.
    """
    case, fields = _typed_again(round, sheet_id, typed, actor=actor, is_compared=is_compared)
    if case.state == PaperState.TYPED_ONCE:
        raise PapersDiffer(fields)  # only now, for the count of tries must stay
    return case


@transaction.atomic
def _typed_again(
    round: Round, sheet_id: UUID, typed: Typed, *, actor: Person, is_compared: bool
) -> tuple[PaperCase, list[str]]:
    sheet = _lock_open_sheet(round, sheet_id, actor)
    case = PaperCase.objects.select_for_update(no_key=True).get(sheet=sheet)
    if case.first_by_id == actor.pk:
        raise NotAllowed("Người nhập lần hai phải khác người nhập lần một. Xin giao phiếu giấy cho người khác.")
    second = _checked(sheet, typed)
    fields = differing(case.first, second)
    if fields and not is_compared and case.tries < MOST_TRIES:
        _count_try(case, sheet, fields, actor)
        return case, fields
    move(case, "differ" if fields else "agree", PAPER_MOVES, field="state")
    case.second, case.second_by = second, actor
    case.save(update_fields=["state", "second", "second_by"])
    if fields:
        record(JudgingEvent.PAPER_DIFFERS, sheet, actor=actor, fields=fields, tries=case.tries)
    else:
        record(JudgingEvent.PAPER_TYPED, sheet, actor=actor, time=2, tries=case.tries)
        _lock(sheet, second, actor)
    if fields or case.tries:
        tell_secretary(case, sheet, is_agreed=not fields)
    return case, fields


@transaction.atomic
def decide_paper(round: Round, sheet_id: UUID, typed: Typed, *, reason: str, actor: Person) -> PaperCase:
    """Settle what differs with the paper at hand; the lines on which both agreed stay as they were typed.

    Raises `NotAllowed` for whoever typed it, `DomainError` without a reason.
    """
    sheet = _lock_open_sheet(round, sheet_id, actor)
    case = PaperCase.objects.select_for_update(no_key=True).get(sheet=sheet)
    if actor.pk in (case.first_by_id, case.second_by_id):
        raise NotAllowed("Người đã nhập phiếu này không quyết định chỗ khác nhau. Xin để thư ký khác quyết định.")
    why = given_reason(reason, UNEXPLAINED)
    move(case, "decide", PAPER_MOVES, field="state")
    final = _checked(sheet, _settled(case, typed))
    case.decided_by, case.reason = actor, why
    case.save(update_fields=["state", "decided_by", "reason"])
    record(JudgingEvent.PAPER_DECIDED, sheet, actor=actor, reason=why, fields=differing(case.first, case.second))
    _lock(sheet, final, actor)
    return case


def differing(first: Mapping[str, Any], second: Mapping[str, Any]) -> list[str]:
    """The keys of the lines (and `remark`) that were not typed alike."""
    marks = [key for key, value in first["marks"].items() if second["marks"].get(key) != value]
    return marks + ([REMARK] if " ".join(first["remark"].split()) != " ".join(second["remark"].split()) else [])


def _count_try(case: PaperCase, sheet: Sheet, fields: Sequence[str], actor: Person) -> None:
    case.tries += 1
    case.save(update_fields=["tries"])
    record(JudgingEvent.PAPER_TRIED, sheet, actor=actor, fields=list(fields), tries=case.tries)


def _lock_open_sheet(round: Round, sheet_id: UUID, actor: Person) -> Sheet:
    """The row lock for an open sheet of the round that is not the typist's own, nor of an entry hidden from them."""
    require(share_round(round.pk), Capability.SCORE)
    sheet = visible_sheets(actor, round).select_for_update(no_key=True, of=("self",)).get(pk=sheet_id)
    if sheet.judge.person_id == actor.pk:
        raise NotAllowed("Không ai tự nhập phiếu giấy của chính mình.")
    if sheet.state != SheetState.DRAFT:
        raise WrongState("Phiếu đã khóa hoặc không còn được chấm; không nhập phiếu giấy được nữa.", state=sheet.state)
    return sheet


def _checked(sheet: Sheet, typed: Typed) -> dict[str, Any]:
    lines: list[SheetLine] = lines_of(sheet)
    missing = [line.part or line.criterion for line in lines if line.key not in typed.marks]
    if missing:
        raise DomainError(f"Còn ô chưa nhập: {', '.join(missing)}.", missing=missing)
    for line in lines:
        require_legal(line, typed.marks[line.key])
    return {"marks": {line.key: plain(typed.marks[line.key]) for line in lines}, "remark": clean_remark(typed.remark)}


def _settled(case: PaperCase, typed: Typed) -> Typed:
    """What both typed alike, and for the rest what was decided."""
    alike = {key: Decimal(value) for key, value in case.first["marks"].items() if case.second["marks"][key] == value}
    has_remark = REMARK in differing(case.first, case.second)
    return Typed({**typed.marks, **alike}, typed.remark if has_remark else case.first["remark"])


def _lock(sheet: Sheet, content: Mapping[str, Any], actor: Person) -> None:
    sheet.remark = content["remark"]
    put_marks(sheet, {key: Decimal(value) for key, value in content["marks"].items()})
    seal(sheet, origin=Origin.PAPER, actor=actor)
