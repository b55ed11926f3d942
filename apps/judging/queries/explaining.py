"""Why an assignment is not possible, or not more even, in words, and what would help."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from apps.judging.assigning import Standing
from apps.judging.queries.assigning import Plan
from apps.rounds.models import Round
from apps.rounds.rules import group_name


@dataclass(frozen=True)
class Explained:
    """`short` says of each entry that lacks judges why; `helps` what would change that; `uneven` why loads differ."""

    short: list[str]
    helps: list[str]
    uneven: list[str]


def explained(round: Round, plan: Plan, *, names_conflicts: bool) -> Explained:
    """Sentences for a reader; who is kept away by a conflict is named only to whom may know of conflicts."""
    short = plan.proposal.short
    return Explained(
        short=[_short(plan, one, names_conflicts) for one in short],
        helps=_helps(round, plan) if short else [],
        uneven=_uneven(plan, names_conflicts),
    )


def kept_away(plan: Plan, standing: Standing, *, names_conflicts: bool) -> str:
    """Who may not score an entry, and why: `Có xung đột lợi ích: A. Ngoài chuyên môn: B.`"""
    conflicts = f"Có xung đột lợi ích: {_names(plan, standing.barred)}." if standing.barred and names_conflicts else ""
    unskilled = f"Ngoài chuyên môn: {_names(plan, standing.unskilled)}." if standing.unskilled else ""
    away = f"Vắng hoặc đã được bỏ khỏi hồ sơ: {_names(plan, standing.away)}." if standing.away else ""
    return " ".join(words for words in (conflicts, unskilled, away) if words)


def _short(plan: Plan, one: Standing, names_conflicts: bool) -> str:
    entry = plan.entries[one.entry]
    why = kept_away(plan, one, names_conflicts=names_conflicts)
    if len(plan.judges) < plan.each:
        why = f"Ban Giám khảo chỉ có {len(plan.judges)} người. {why}".strip()
    have = f"chỉ có {one.free}" if one.free else "chưa có ai"
    return f"{entry.code}, {entry.name}: cần {plan.each} giám khảo, {have} chấm được. {why}".strip()


def _helps(round: Round, plan: Plan) -> list[str]:
    short = plan.proposal.short
    least = min(one.free for one in short)
    most = max(plan.each - one.free for one in short)
    found = [f"Giảm số giám khảo mỗi hồ sơ xuống {least}."] if least else []
    found.append(f"Cử thêm ít nhất {most} giám khảo không có xung đột lợi ích với những hồ sơ này.")
    if any(one.unskilled for one in short):
        groups = sorted({plan.entries[one.entry].group for one in short if one.unskilled})
        named = "; ".join(group_name(round, code) for code in groups)
        found.append(f"Ghi thêm chuyên môn cho giám khảo ({named}), hoặc không phân công theo chuyên môn.")
    return found


def _uneven(plan: Plan, names_conflicts: bool) -> list[str]:
    found = []
    for reach in plan.proposal.least:
        reasons = [f"{reach.unskilled} hồ sơ ngoài chuyên môn"] if reach.unskilled else []
        reasons += [f"{reach.barred} hồ sơ có xung đột lợi ích"] if reach.barred and names_conflicts else []
        because = f" ({', '.join(reasons)})" if reasons else ""
        name = plan.judges[reach.judge].person.full_name
        found.append(f"{name} nhận {reach.load} phiếu, chấm được nhiều nhất {reach.most} hồ sơ{because}.")
    return found


def _names(plan: Plan, keys: Sequence[str] | Iterable[str]) -> str:
    return ", ".join(plan.judges[key].person.full_name for key in keys)
