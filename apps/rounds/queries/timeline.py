"""Who must do what by when: the road of a round as steps, and what waits for whom over many rounds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import prefetch_related_objects
from django.utils import timezone

from apps.accounts.models import Person
from apps.rounds.models import Round, Window, WindowKind
from apps.rounds.states import ROAD, Phase
from tieubieu.moments import transaction_time
from tieubieu.ui.parts import Step
from tieubieu.ui.words import days_left, deadline


@dataclass(frozen=True)
class Stop:
    """One step of the road. It is due when `kind` closes, or when `due_at_opening` of another kind comes."""

    label: str
    phases: tuple[Phase, ...]
    task: str
    kind: WindowKind | None = None
    due_at_opening: WindowKind | None = None


STOPS = (
    Stop("Lập kế hoạch", (Phase.DRAFT,), "Soạn thiết lập và duyệt kế hoạch", due_at_opening=WindowKind.ANNOUNCE),
    Stop("Mở kỳ bình chọn", (Phase.PLANNED,), "Mở nhận hồ sơ", due_at_opening=WindowKind.FILING),
    Stop("Nhận hồ sơ", (Phase.OPEN,), "Nhận hồ sơ; khi hết hạn thì đóng nhận hồ sơ", WindowKind.FILING),
    Stop("Kiểm tra hồ sơ", (Phase.SCREENING,), "Kết luận từng hồ sơ, rồi bắt đầu chấm điểm", WindowKind.SCREENING),
    Stop("Chấm điểm", (Phase.SCORING,), "Theo dõi phiếu chấm, rồi đóng chấm điểm", WindowKind.SCORING),
    Stop("Họp Hội đồng", (Phase.SCORED, Phase.COUNCIL), "Họp Hội đồng và chốt danh sách", WindowKind.COUNCIL),
    Stop("Quyết định công nhận", (Phase.CONCLUDED,), "Trình ký và ghi nhận quyết định công nhận"),
    Stop("Công bố", (Phase.DECIDED,), "Lập giấy chứng nhận và công bố kết quả", due_at_opening=WindowKind.COMPLAINT),
    Stop("Khiếu nại", (Phase.PUBLISHED,), "Nhận và giải quyết khiếu nại", WindowKind.COMPLAINT),
)
# Windows whose work goes on beside the step in hand.
BESIDE = (
    Stop("Thông báo", (Phase.PLANNED, Phase.OPEN), "Thông báo kỳ bình chọn tới các cơ sở", WindowKind.ANNOUNCE),
    Stop("Bổ sung hồ sơ", (Phase.SCREENING,), "Theo dõi hồ sơ chờ bổ sung", WindowKind.SUPPLEMENT),
)


@dataclass(frozen=True)
class Duty:
    """What one officer has to do in one round, and by when."""

    round: Round
    label: str
    task: str
    officer: Person | None
    due_at: datetime | None
    is_late: bool

    @property
    def lateness(self) -> str:
        """`quá hạn 2 ngày`, or how many days are left; "" without a date."""
        if self.due_at is None:
            return ""
        left = days_left(timezone.localdate(self.due_at), timezone.localdate())
        return "quá giờ hôm nay" if self.is_late and "quá hạn" not in left else left


def timeline(round: Round) -> list[Step]:
    """The steps with `done`, `current` or `next`, the officer who answers for each, its date, and a word when late."""
    prefetch_related_objects([round], "windows__officer", "officer")
    windows, now = _windows(round), transaction_time()
    here = _position(round, windows, now)
    return [_step(stop, at, here, _duty(round, stop, windows, now)) for at, stop in enumerate(STOPS)]


def duties(rounds: Iterable[Round]) -> list[Duty]:
    """What is to be done now in each round, the late ones first, then by date; prefetch `windows__officer`."""
    now = transaction_time()
    found = [duty for round in rounds for duty in _now_due(round, now)]
    return sorted(found, key=lambda duty: (not duty.is_late, duty.due_at is None, duty.due_at or now, duty.round.code))


def _now_due(round: Round, now: datetime) -> list[Duty]:
    windows = _windows(round)
    stops = [stop for stop in (*STOPS, *BESIDE) if round.phase in stop.phases]
    found = [_duty(round, stop, windows, now) for stop in stops]
    return [duty for duty in found if not _is_over(duty, round)]


def _is_over(duty: Duty, round: Round) -> bool:
    """A window beside the road, and the time for complaints, end by themselves."""
    ends_by_itself = duty.label in {stop.label for stop in BESIDE} or round.phase == Phase.PUBLISHED
    return ends_by_itself and (duty.is_late or duty.due_at is None)


def _windows(round: Round) -> dict[str, Window]:
    return {window.kind: window for window in round.windows.all()}


def _position(round: Round, windows: dict[str, Window], now: datetime) -> int:
    here = next(at for at, stop in enumerate(STOPS) if round.phase in stop.phases)
    complaint = windows.get(WindowKind.COMPLAINT)
    is_finished = round.phase == Phase.PUBLISHED and (complaint is None or complaint.closes_at <= now)
    return len(STOPS) if is_finished else here


def _duty(round: Round, stop: Stop, windows: dict[str, Window], now: datetime) -> Duty:
    own = windows.get(stop.kind) if stop.kind else None
    due_at = own.closes_at if own else None
    if stop.due_at_opening in windows:
        due_at = windows[stop.due_at_opening].opens_at
    officer = own.officer if own else round.officer
    is_late = due_at is not None and due_at <= now and ROAD.index(Phase(round.phase)) <= ROAD.index(stop.phases[-1])
    return Duty(round, stop.label, stop.task, officer, due_at, is_late)


def _step(stop: Stop, at: int, here: int, duty: Duty) -> Step:
    is_late = duty.is_late and at >= here
    return Step(
        stop.label,
        "done" if at < here else "current" if at == here else "next",
        who=duty.officer.full_name if duty.officer else "",
        when=deadline(timezone.localtime(duty.due_at)) if duty.due_at else None,
        note=f"Trễ: {duty.lateness}" if is_late else "",
    )
