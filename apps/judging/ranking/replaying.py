"""A snapshot as a file that anybody can recompute, and the comparison of what it says with what its sheets give."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from apps.judging.ranking import rank
from apps.judging.ranking.errors import Spot, shown
from apps.judging.ranking.values import fields, mapping, rows, text

FORMAT = "tieubieu-snapshot-1"


@dataclass(frozen=True)
class Difference:
    """`entry` is empty for what concerns the whole file."""

    entry: str
    field: str
    declared: object
    recomputed: object


@dataclass(frozen=True)
class Replay:
    entries: int
    digest: str
    differences: tuple[Difference, ...]


def exported(body: Mapping[str, Any], digest: str, *, round: str, number: int, made_at: str) -> dict[str, Any]:
    """The file of one snapshot. `body` is rules, entries and results; `made_at` is ISO 8601, for reading only."""
    return {"format": FORMAT, "round": round, "number": number, "made_at": made_at, **body, "digest": digest}


def replay(document: object) -> Replay:
    """Recompute a snapshot file; raises `RankingRefused` when it is no such file or cannot be ranked."""
    named = fields(document, Spot(), ("format", "round", "number", "made_at", "rules", "entries", "results", "digest"))
    if named["format"] != FORMAT:
        wanted = shown(FORMAT)
        raise Spot("format").refusal(f"chỉ đọc được định dạng {wanted}", f"only the format {wanted} can be read")
    ranking = rank({"rules": named["rules"], "entries": named["entries"]})
    declared = {
        text(mapping(row, spot).get("id"), spot.key("id")): mapping(row, spot)
        for row, spot in rows(named["results"], Spot("results"))
    }
    recomputed = {row["id"]: dict(row) for row in ranking["entries"]}
    found = [*_of_entries(declared, recomputed)]
    if list(declared) != list(recomputed) and not found:
        found.append(Difference("", "results", list(declared), list(recomputed)))
    if named["digest"] != ranking["digest"]:
        found.append(Difference("", "digest", named["digest"], ranking["digest"]))
    return Replay(len(recomputed), ranking["digest"], tuple(found))


def _of_entries(
    declared: Mapping[str, Mapping[str, object]], recomputed: Mapping[str, Mapping[str, object]]
) -> list[Difference]:
    """Field by field, in the order of the sheets, then what only the file knows."""
    names = [*recomputed, *(name for name in declared if name not in recomputed)]
    return [
        Difference(name, field, told.get(field), true.get(field))
        for name in names
        for told, true in [(declared.get(name, {}), recomputed.get(name, {}))]
        for field in dict.fromkeys([*true, *told])
        if told.get(field) != true.get(field)
    ]
