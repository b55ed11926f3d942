"""What still stands in the way of opening a round, each with its sentence and its article of law."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from apps.rounds.models import Appointment, Body, Post, Round, Window, WindowKind
from apps.rounds.rules import rules_of
from apps.rounds.states import Phase
from tieubieu.errors import DomainError
from tieubieu.moments import transaction_time

# The complaint window is set by law and begins when the result is told, so nobody has to plan it.
NEEDED = [kind for kind in WindowKind if kind != WindowKind.COMPLAINT]


class Part(StrEnum):
    """The parts of a round's set-up, as the task list shows them."""

    PLAN = "plan"
    RULES = "rules"
    WINDOWS = "windows"
    COUNCIL = "council"
    PANEL = "panel"


@dataclass(frozen=True)
class Obstacle:
    part: Part
    sentence: str
    article: str = ""

    def __str__(self) -> str:
        return f"{self.sentence} ({self.article})" if self.article else self.sentence


def obstacles(round: Round) -> list[Obstacle]:
    """Everything that keeps the round from being opened; an empty list means that it may be."""
    return [*plan_obstacles(round), *window_obstacles(round), *member_obstacles(round)]


def plan_obstacles(round: Round) -> list[Obstacle]:
    """What the plan lacks; a plan that is approved lacks nothing."""
    if round.phase != Phase.DRAFT:
        return []
    return [*document_obstacles(round), Obstacle(Part.RULES, "Kế hoạch chưa được duyệt, bộ quy định chưa chốt.")]


def document_obstacles(round: Round) -> list[Obstacle]:
    """What keeps the plan itself from being approved."""
    missing = [
        words
        for words, given in (
            ("số", round.plan_number),
            ("ngày", round.plan_on),
            ("cơ quan ban hành", round.plan_authority),
        )
        if not given
    ]
    if not missing:
        return []
    return [Obstacle(Part.PLAN, f"Văn bản kế hoạch còn thiếu: {', '.join(missing)}.", "Điều 14")]


def window_obstacles(round: Round) -> list[Obstacle]:
    """Windows that are missing, without a responsible officer, or past before the round opens."""
    windows = {window.kind: window for window in round.windows.all()}
    missing = [kind.within_a_sentence for kind in NEEDED if kind not in windows]
    unnamed = [WindowKind(kind).within_a_sentence for kind, window in windows.items() if window.officer_id is None]
    found = []
    if missing:
        found.append(Obstacle(Part.WINDOWS, f"Chưa đặt thời hạn: {', '.join(missing)}."))
    if unnamed:
        found.append(Obstacle(Part.WINDOWS, f"Chưa có cán bộ chịu trách nhiệm: {', '.join(unnamed)}."))
    if _is_past(windows.get(WindowKind.FILING)) and not round.is_running:
        found.append(Obstacle(Part.WINDOWS, "Thời gian nhận hồ sơ đã hết; xin đặt lại trước khi mở."))
    return found


def _is_past(filing: Window | None) -> bool:
    return filing is not None and filing.closes_at <= transaction_time()


def member_obstacles(round: Round) -> list[Obstacle]:
    """What council and panel lack in the law of the round, or of the day while the plan is not approved."""
    try:
        rules = rules_of(round)
    except DomainError as refused:
        return [Obstacle(Part.RULES, refused.message)]
    seats = list(round.appointments.all())
    return [*_council(seats, rules), *_panel(seats, rules), *_enough_to_hand_out(round, seats)]


def _council(seats: Iterable[Appointment], rules: dict[str, Any]) -> list[Obstacle]:
    members = [seat for seat in seats if seat.body == Body.COUNCIL]
    sizes: Sequence[int] = rules["council_sizes"]
    found = []
    if len(members) not in sizes:
        legal = " hoặc ".join(str(size) for size in sizes)
        found.append(
            Obstacle(Part.COUNCIL, f"Hội đồng bình chọn phải có {legal} thành viên; hiện có {len(members)}.", "Điều 9")
        )
    return found + _one_head(members, Part.COUNCIL, "Hội đồng bình chọn", "Chủ tịch", "Điều 9")


def _panel(seats: Iterable[Appointment], rules: dict[str, Any]) -> list[Obstacle]:
    members = [seat for seat in seats if seat.body == Body.PANEL]
    fewest = rules["panel"].get("min_judges", 0)
    found = []
    if rules["panel"]["odd_required"] and len(members) % 2 == 0:
        found.append(
            Obstacle(Part.PANEL, f"Ban Giám khảo phải có số lẻ thành viên; hiện có {len(members)}.", "Điều 11")
        )
    if len(members) < fewest:
        found.append(
            Obstacle(Part.PANEL, f"Quy định của kỳ cần ít nhất {fewest} giám khảo; hiện có {len(members)}.", "Điều 24")
        )
    return found + _one_head(members, Part.PANEL, "Ban Giám khảo", "Trưởng ban", "Điều 11")


def _enough_to_hand_out(round: Round, seats: Iterable[Appointment]) -> list[Obstacle]:
    members, wanted = sum(seat.body == Body.PANEL for seat in seats), round.judges_per_entry or 0
    if not round.is_balanced or not members or wanted <= members:
        return []
    sentence = f"Mỗi hồ sơ cần {wanted} giám khảo mà Ban Giám khảo có {members} người; cử thêm hoặc giảm số đó."
    return [Obstacle(Part.PANEL, sentence)]


def _one_head(members: Sequence[Appointment], part: Part, body: str, title: str, article: str) -> list[Obstacle]:
    heads = Counter(seat.post for seat in members)[Post.CHAIR]
    if not members or heads == 1:
        return []
    return [Obstacle(part, f"{body} phải có một {title}; hiện có {heads}.", article)]
