"""The set-up of a round as a list of tasks: what is done, what is missing, why it cannot be opened yet."""

from dataclasses import dataclass, field
from enum import StrEnum

from apps.rounds.models import Body, Round
from apps.rounds.queries.readiness import Obstacle, Part, document_obstacles, obstacles
from apps.rounds.states import Capability, Phase


class TaskState(StrEnum):
    """As the list shows it; the words are registered for `setup.<state>`."""

    MISSING = "missing"
    DONE = "done"
    DEFAULT = "default"
    FROZEN = "frozen"
    OPTIONAL = "optional"


@dataclass(frozen=True)
class SetupTask:
    """`page` is a URL name of this room; `args` beyond the round's code."""

    label: str
    page: str
    state: TaskState
    summary: str = ""
    args: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Setup:
    """`approval` keeps the plan from being approved, `opening` keeps an approved round from being opened."""

    tasks: list[SetupTask]
    approval: list[Obstacle]
    opening: list[Obstacle]


def setup_of(round: Round) -> Setup:
    """Ask once; fetch the round with windows and appointments prefetched."""
    found = obstacles(round)
    return Setup(
        tasks=[
            *_plan_tasks(round),
            _windows(round, found),
            *(_body(round, body, found) for body in Body),
            _handing(round),
        ],
        approval=document_obstacles(round),
        opening=[obstacle for obstacle in found if obstacle.part != Part.PLAN and round.phase != Phase.DRAFT],
    )


def _plan_tasks(round: Round) -> list[SetupTask]:
    is_frozen = bool(round.rules)
    missing = [] if is_frozen else document_obstacles(round)
    number = f"{round.plan_number}" if round.plan_number else ""
    document = TaskState.FROZEN if is_frozen else TaskState.MISSING if missing else TaskState.DONE
    return [
        SetupTask("Văn bản kế hoạch", "setup:plan", document, number, notes=[str(one) for one in missing]),
        SetupTask("Căn cứ pháp lý", "setup:bases", _of(is_frozen, round.bases.exists())),
        SetupTask("Quy định chấm và họp", "setup:rules", _chosen(round, "pass_mark", "council", "panel", "tie_break")),
        SetupTask("Khung điểm chi tiết", "setup:frames", _chosen(round, "parts", "parts_of_group")),
        SetupTask("Số lượng và mức thưởng", "setup:awards", _chosen(round, "quota", "awards")),
    ]


def _chosen(round: Round, *names: str) -> TaskState:
    return _of(bool(round.rules), any(name in round.choices for name in names))


def _of(is_frozen: bool, is_chosen: bool) -> TaskState:
    if is_frozen:
        return TaskState.FROZEN
    return TaskState.DONE if is_chosen else TaskState.DEFAULT


def _windows(round: Round, found: list[Obstacle]) -> SetupTask:
    notes = [str(obstacle) for obstacle in found if obstacle.part == Part.WINDOWS]
    count = len(round.windows.all())
    state = TaskState.MISSING if notes else TaskState.DONE
    return SetupTask("Thời hạn và người chịu trách nhiệm", "setup:windows", state, f"{count} thời hạn", notes=notes)


def _body(round: Round, body: Body, found: list[Obstacle]) -> SetupTask:
    notes = [str(obstacle) for obstacle in found if obstacle.part == body.value]
    count = sum(seat.body == body for seat in round.appointments.all())
    state = TaskState.MISSING if notes else TaskState.DONE if count else TaskState.OPTIONAL
    return SetupTask(body.label, "setup:body", state, f"{count} người", (SLUG_OF_BODY[body],), notes)


def _handing(round: Round) -> SetupTask:
    """Not frozen with the plan: the panel may change until scoring begins, and with it what can be asked of it."""
    state = _of(not round.may(Capability.APPOINT), round.is_balanced)
    summary = f"{round.judges_per_entry} giám khảo mỗi hồ sơ" if round.is_balanced else "cả Ban Giám khảo"
    return SetupTask("Cách giao phiếu chấm", "setup:handing", state, summary)


SLUG_OF_BODY: dict[str, str] = {Body.COUNCIL: "hoi-dong", Body.PANEL: "ban-giam-khao", Body.SUPPORT: "to-giup-viec"}
BODY_OF_SLUG = {slug: Body(body) for body, slug in SLUG_OF_BODY.items()}
