"""Sheets are handed out to some of the panel: as it was proposed and seen, by hand, and again where one fell away."""

from collections import Counter
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from apps.accounts.models import Person
from apps.dossiers.models import Entry
from apps.dossiers.states import EntryState
from apps.judging.access import assigned_sheets, counted_sheets, unconflicted_entries
from apps.judging.events import JudgingEvent
from apps.judging.models import Opening, Sheet
from apps.judging.queries.assigning import SCORING, Plan, lacking, plan_for
from apps.judging.queries.conflicts import barred_pairs
from apps.judging.states import MOVES, SheetState
from apps.rounds.models import Appointment, Body, Round
from apps.rounds.services import lock_round, require
from apps.rounds.states import Capability
from tieubieu.audit.services import record
from tieubieu.errors import DomainError, WrongState
from tieubieu.moves import move
from tieubieu.notices.services import Audience, tell
from tieubieu.reasons import short_enough

WHOLE = "Kỳ này do cả Ban Giám khảo chấm mọi hồ sơ, nên không giao từng hồ sơ cho từng người."
LOOK_FIRST = "Kỳ này phân công cân đối: xin xem phương án ở trang Phân công chấm điểm rồi xác nhận."
CHANGED = (
    "Phương án đã thay đổi từ lúc xem (hồ sơ, thành viên hoặc xung đột lợi ích vừa đổi). Xin xem lại rồi xác nhận."
)
IMPOSSIBLE = "Có hồ sơ chưa đủ giám khảo chấm được. Xin xem lý do ở trang Phân công chấm điểm."


def pairs_as_seen(round: Round, seen: str) -> list[tuple[Entry, Appointment]]:
    """Who is to score what, when that is still what was seen. The caller holds the round.

    Raises `DomainError` when nothing was seen or an entry lacks judges, `WrongState` when the proposal changed since.
    """
    if not seen:
        raise DomainError(LOOK_FIRST)
    plan = plan_for(round)
    if plan.digest != seen:
        raise WrongState(CHANGED)
    if plan.proposal.short:
        raise DomainError(IMPOSSIBLE)
    return _pairs(plan)


@transaction.atomic
def balance_missing(round_id: UUID, *, seen: str, actor: Person) -> int:
    """Give the entries that lack judges what they lack, as it was seen; nobody's present sheet moves.

    Returns how many sheets were handed out. Raises as `pairs_as_seen` does, except that entries for which nobody is
    free stay short; `WrongState` once scoring is over.
    """
    round = _held(round_id)
    plan = plan_for(round)
    if plan.digest != seen:
        raise WrongState(CHANGED)
    if not plan.proposal.pairs:
        raise DomainError("Không có hồ sơ nào bù thêm được giám khảo.")
    pairs = _pairs(plan)
    Sheet.objects.bulk_create([Sheet(entry=entry, judge=judge) for entry, judge in pairs])
    facts = [f"{entry.code}: {judge.person.full_name}" for entry, judge in pairs]
    record(JudgingEvent.ENTRIES_BALANCED, round, actor=actor, given=facts)
    for judge, count in Counter(judge for _, judge in pairs).items():
        _tell(judge, f"Quý vị được giao thêm {count} phiếu chấm điểm trong {round.name}.", "Được giao thêm phiếu chấm")
    return len(pairs)


@transaction.atomic
def assign_judge(round_id: UUID, entry_id: UUID, judge_id: UUID, *, reason: str = "", actor: Person) -> Sheet:
    """Give an entry one more judge. Whoever scored it before finds their marks again.

    Raises `Entry.DoesNotExist` for an entry hidden from the actor; `DomainError` for a judge who may not score it, or
    outside the expertise they stated without a reason; `WrongState` for one who scores it already, when its marks are
    known and it lacks nobody, and once scoring is over.
    """
    round = _held(round_id)
    entry = unconflicted_entries(actor, round).get(pk=entry_id, state=EntryState.ACCEPTED)
    judge = round.appointments.filter(pk=judge_id, body=Body.PANEL).select_related("person").first()
    if judge is None or (judge.pk, entry.pk) in barred_pairs(round):
        raise DomainError("Không giao được hồ sơ này cho thành viên đó; xin chọn người khác.", field="judge")
    _require_sealed(round, entry)
    why = _reason_for(round, entry, judge, reason)
    sheet = _given_back(entry, judge) or Sheet.objects.create(entry=entry, judge=judge)
    record(JudgingEvent.SHEET_ASSIGNED, sheet, actor=actor, judge=judge.person.full_name, reason=why)
    _tell(judge, f"Quý vị được giao chấm thêm hồ sơ {entry.code} trong {round.name}.", "Được giao thêm phiếu chấm")
    return sheet


@transaction.atomic
def release_judge(round_id: UUID, sheet_id: UUID, *, reason: str = "", actor: Person) -> Sheet:
    """Take a judge off an entry. What they marked is kept, counts nowhere, and comes back with them.

    Raises `Sheet.DoesNotExist` for a sheet hidden from the actor; `WrongState` for a locked sheet, for one of which the
    paper was typed, and once scoring is over; `DomainError` for the last judge of an entry, and without a reason when
    the entry is then short or the judge had begun.
    """
    round = _held(round_id)
    sheet = _locked_sheet(round, sheet_id, actor)
    if sheet.state != SheetState.DRAFT or hasattr(sheet, "paper_case"):
        raise WrongState("Phiếu đã khóa, đã ghi vắng hoặc đã nhập từ giấy; không bỏ giám khảo này được.")
    others = list(counted_sheets().filter(entry=sheet.entry).exclude(pk=sheet.pk))
    if not any(other.state in SCORING for other in others):
        raise DomainError("Mỗi hồ sơ phải còn ít nhất một giám khảo; xin giao cho người khác trước.")
    sheet.reason = _reason_to_release(round, sheet, lacking(round, others), reason)
    move(sheet, "release", MOVES, field="state")
    sheet.save(update_fields=["state", "reason"])
    record(JudgingEvent.SHEET_RELEASED, sheet, actor=actor, judge=sheet.judge.person.full_name, reason=sheet.reason)
    _tell(sheet.judge, f"Quý vị không còn phải chấm hồ sơ {sheet.entry.code} trong {round.name}.", "Bớt phiếu chấm")
    return sheet


def _held(round_id: UUID) -> Round:
    round = lock_round(round_id)
    require(round, Capability.SCORE)
    if not round.is_balanced:
        raise WrongState(WHOLE)
    return round


def _pairs(plan: Plan) -> list[tuple[Entry, Appointment]]:
    return [(plan.entries[entry], plan.judges[judge]) for judge, entry in plan.proposal.pairs]


def _locked_sheet(round: Round, sheet_id: UUID, actor: Person) -> Sheet:
    found = assigned_sheets().filter(entry__in=unconflicted_entries(actor, round))
    return found.select_for_update(no_key=True, of=("self",)).select_related("entry", "judge__person").get(pk=sheet_id)


def _require_sealed(round: Round, entry: Entry) -> None:
    """Nobody is added to a full entry once its marks are known: whoever adds may have read them."""
    sheets = list(counted_sheets().filter(entry=entry))
    is_known = not any(sheet.state == SheetState.DRAFT for sheet in sheets) or Opening.objects.filter(entry=entry)
    if is_known and not lacking(round, sheets):
        raise WrongState("Hồ sơ đã đủ giám khảo và điểm đã hết niêm phong; không giao thêm người chấm nữa.")


def _given_back(entry: Entry, judge: Appointment) -> Sheet | None:
    sheet = Sheet.objects.select_for_update(no_key=True).filter(entry=entry, judge=judge).first()
    if sheet is None:
        return None
    if sheet.state != SheetState.RELEASED:
        raise WrongState(f"{judge.person.full_name} đã có phiếu của hồ sơ này.")
    move(sheet, "assign", MOVES, field="state")
    sheet.reason = ""
    sheet.save(update_fields=["state", "reason"])
    return sheet


def _reason_for(round: Round, entry: Entry, judge: Appointment, reason: str) -> str:
    is_expert = not round.by_expertise or not judge.groups or entry.group in judge.groups
    if is_expert or reason.strip():
        return short_enough(reason)
    raise DomainError(
        f"{judge.person.full_name} không ghi chuyên môn ở nhóm sản phẩm này; xin ghi lý do giao.", field="reason"
    )


def _reason_to_release(round: Round, sheet: Sheet, lacks: int, reason: str) -> str:
    if reason.strip() or not (lacks or sheet.version):
        return short_enough(reason)
    if lacks:
        wanted = round.judges_per_entry or 0
        raise DomainError(
            f"Bỏ giám khảo này thì hồ sơ chỉ còn {wanted - lacks} / {wanted} giám khảo; xin ghi lý do.", field="reason"
        )
    raise DomainError("Giám khảo này đã bắt đầu chấm; xin ghi lý do bỏ.", field="reason")


def _tell(judge: Appointment, text: str, subject: str) -> None:
    tell(
        judge.person,
        audience=Audience.OFFICIALS,
        subject=subject,
        text=text,
        url=reverse("judging:my_sheets"),
        about=judge.round,
    )
