"""The road of a round as steps: what is done, where we are, who must act by when."""

from dataclasses import dataclass
from datetime import datetime

from apps.rounds.models import Round
from apps.rounds.states import Phase

STEPS: list[tuple[str, frozenset[Phase], str]] = [
    ("Lập kế hoạch", frozenset({Phase.DRAFT, Phase.PLANNED}), "announce"),
    ("Nhận hồ sơ", frozenset({Phase.OPEN}), "filing"),
    ("Kiểm tra hồ sơ", frozenset({Phase.SCREENING}), "screening"),
    ("Chấm điểm", frozenset({Phase.SCORING}), "scoring"),
    ("Họp Hội đồng", frozenset({Phase.SCORED, Phase.COUNCIL}), "council"),
    ("Quyết định công nhận", frozenset({Phase.CONCLUDED, Phase.DECIDED}), ""),
    ("Công bố", frozenset({Phase.PUBLISHED}), ""),
]


@dataclass(frozen=True)
class Step:
    label: str
    state: str
    by: datetime | None
    responsible: str


def timeline(round: Round) -> list[Step]:
    """The steps with `done`, `current` or `next`, and the window's end and responsible person where set."""
    windows = {w.kind: w for w in round.windows.all()}
    here = next(i for i, (_, phases, _) in enumerate(STEPS) if round.phase in phases)
    if round.phase == Phase.PUBLISHED:
        here = len(STEPS)
    return [
        Step(
            label,
            "done" if i < here else "current" if i == here else "next",
            windows[kind].closes_at if kind in windows else None,
            windows[kind].responsible if kind in windows else "",
        )
        for i, (label, _, kind) in enumerate(STEPS)
    ]
