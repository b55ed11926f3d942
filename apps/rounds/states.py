"""The life of a round (kỳ bình chọn) on one screen, and what each phase allows."""

from enum import StrEnum

from django.db import models


class Phase(models.TextChoices):
    DRAFT = "draft", "Đang soạn kế hoạch"
    PLANNED = "planned", "Kế hoạch đã duyệt"
    OPEN = "open", "Đang nhận hồ sơ"
    SCREENING = "screening", "Đang kiểm tra hồ sơ"
    SCORING = "scoring", "Đang chấm điểm"
    SCORED = "scored", "Đã khóa điểm"
    COUNCIL = "council", "Hội đồng đang họp"
    CONCLUDED = "concluded", "Hội đồng đã kết luận"
    DECIDED = "decided", "Đã có quyết định công nhận"
    PUBLISHED = "published", "Đã công bố"


NOT_OPENED = frozenset({Phase.DRAFT, Phase.PLANNED})

MOVES: dict[str, tuple[frozenset[Phase], Phase]] = {
    "approve_plan": (frozenset({Phase.DRAFT}), Phase.PLANNED),
    "revise_plan": (frozenset({Phase.PLANNED}), Phase.DRAFT),
    "open": (frozenset({Phase.PLANNED}), Phase.OPEN),
    "close_filing": (frozenset({Phase.OPEN}), Phase.SCREENING),
    "reopen_filing": (frozenset({Phase.SCREENING}), Phase.OPEN),
    "start_scoring": (frozenset({Phase.SCREENING}), Phase.SCORING),
    "close_scoring": (frozenset({Phase.SCORING}), Phase.SCORED),
    "convene": (frozenset({Phase.SCORED}), Phase.COUNCIL),
    "conclude": (frozenset({Phase.COUNCIL}), Phase.CONCLUDED),
    "decide": (frozenset({Phase.CONCLUDED}), Phase.DECIDED),
    "publish": (frozenset({Phase.DECIDED}), Phase.PUBLISHED),
}


class Capability(StrEnum):
    PLAN = "plan"
    APPOINT = "appoint"
    FILE = "file"
    SCREEN = "screen"
    SCORE = "score"
    RANK = "rank"
    SELECT = "select"
    DECIDE = "decide"
    CERTIFY = "certify"
    NOMINATE = "nominate"
    SHOW_RESULTS = "show_results"


GRANTS: dict[Phase, frozenset[Capability]] = {
    Phase.DRAFT: frozenset({Capability.PLAN, Capability.APPOINT}),
    Phase.PLANNED: frozenset({Capability.APPOINT}),
    Phase.OPEN: frozenset({Capability.APPOINT, Capability.FILE, Capability.SCREEN}),
    Phase.SCREENING: frozenset({Capability.APPOINT, Capability.SCREEN}),
    Phase.SCORING: frozenset({Capability.SCORE}),
    Phase.SCORED: frozenset({Capability.RANK}),
    Phase.COUNCIL: frozenset({Capability.SELECT}),
    Phase.CONCLUDED: frozenset({Capability.DECIDE}),
    Phase.DECIDED: frozenset({Capability.CERTIFY, Capability.NOMINATE}),
    Phase.PUBLISHED: frozenset({Capability.CERTIFY, Capability.NOMINATE, Capability.SHOW_RESULTS}),
}


# The last phase in which a window of the kind still says something; after it the work is done and it stays as it was.
MOVABLE_UNTIL: dict[str, Phase] = {
    "announce": Phase.OPEN,
    "filing": Phase.OPEN,
    "supplement": Phase.SCREENING,
    "screening": Phase.SCREENING,
    "scoring": Phase.SCORING,
    "council": Phase.COUNCIL,
    "complaint": Phase.PUBLISHED,
}
ROAD = list(Phase)
# What was announced to every facility: while the round runs it moves by a signed document, not by a click.
MOVED_BY_DOCUMENT = frozenset({"filing", "supplement"})


def is_movable(kind: str, phase: str) -> bool:
    """Whether a window of this kind may still be set in this phase."""
    return ROAD.index(Phase(phase)) <= ROAD.index(MOVABLE_UNTIL[kind])


def is_filing_reopenable(phase: str) -> bool:
    """Whether filing was closed by a decision that can still be taken back: nobody has begun to score."""
    return phase in MOVES["reopen_filing"][0]
