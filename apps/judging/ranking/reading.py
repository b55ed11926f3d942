"""From an untrusted document to the nouns of the ranking, or a refusal that names the place."""

from collections.abc import Container, Mapping
from fractions import Fraction

from apps.judging.ranking.errors import Spot, shown
from apps.judging.ranking.rounding import plain
from apps.judging.ranking.terms import (
    Aggregate,
    Criterion,
    Entry,
    Method,
    Over,
    Rounding,
    Rules,
    Sheet,
    Stage,
    Status,
)
from apps.judging.ranking.values import decimal, fields, mapping, one_of, rows, text, whole

MOST_DIGITS = 20
MOST_DROPPED = 1000


def read_rules(value: object, spot: Spot) -> Rules:
    """The rules of a ranking document; raises `RankingRefused` for the first thing that is wrong."""
    named = fields(value, spot, ("criteria", "aggregate", "rounding", "pass_mark", "tie_break"))
    criteria = _criteria(named["criteria"], spot.key("criteria"))
    mark = named["pass_mark"]
    return Rules(
        criteria=criteria,
        aggregate=_aggregate(named["aggregate"], spot.key("aggregate")),
        rounding=_rounding(named["rounding"], spot.key("rounding")),
        pass_mark=None if mark is None else decimal(mark, spot.key("pass_mark")),
        tie_break=_tie_break(named["tie_break"], spot.key("tie_break"), {c.code for c in criteria}),
    )


def read_entries(value: object, spot: Spot, rules: Rules) -> tuple[Entry, ...]:
    """The entries in their order, legal under `rules`; raises `RankingRefused` for the first thing that is wrong."""
    entries: dict[str, Entry] = {}
    for item, place in rows(value, spot):
        entry = _entry(item, place, rules)
        if entry.id in entries:
            raise place.key("id").refusal(f"mã {shown(entry.id)} đã có", f"the id {shown(entry.id)} occurs twice")
        entries[entry.id] = entry
    return tuple(entries.values())


def _criteria(value: object, spot: Spot) -> tuple[Criterion, ...]:
    criteria: dict[str, Criterion] = {}
    for item, place in rows(value, spot):
        criterion = _criterion(item, place)
        if criterion.code in criteria:
            code = shown(criterion.code)
            raise place.key("code").refusal(f"tiêu chí {code} đã có", f"the criterion {code} occurs twice")
        criteria[criterion.code] = criterion
    if not any(criterion.weight for criterion in criteria.values()):
        raise spot.refusal("cần ít nhất một tiêu chí có hệ số trên 0", "at least one weight above zero is needed")
    return tuple(criteria.values())


def _criterion(value: object, spot: Spot) -> Criterion:
    named = fields(value, spot, ("code", "max", "weight"))
    most = decimal(named["max"], spot.key("max"))
    if not most:
        raise spot.key("max").refusal("điểm tối đa phải lớn hơn 0", "the maximum must be above zero")
    code = text(named["code"], spot.key("code"))
    return Criterion(code, most, decimal(named["weight"], spot.key("weight")))


def _aggregate(value: object, spot: Spot) -> Aggregate:
    """`drop_low` and `drop_high` may be left out where nothing is dropped; when present they must be sound."""
    drops = ("drop_low", "drop_high")
    named = fields(value, spot, ("over", "method"), drops)
    method = one_of(Method, named["method"], spot.key("method"))
    if method is Method.TRIMMED_MEAN:
        fields(value, spot, ("over", "method", *drops))
    low, high = (whole(named.get(drop, 0), spot.key(drop), MOST_DROPPED) for drop in drops)
    return Aggregate(one_of(Over, named["over"], spot.key("over")), method, low, high)


def _rounding(value: object, spot: Spot) -> Rounding:
    """`digits` may be left out where nothing is rounded; when present it must be sound."""
    named = fields(value, spot, ("stage",), ("digits",))
    stage = one_of(Stage, named["stage"], spot.key("stage"))
    if stage is not Stage.NONE:
        fields(value, spot, ("stage", "digits"))
    return Rounding(stage, whole(named.get("digits", 0), spot.key("digits"), MOST_DIGITS))


def _tie_break(value: object, spot: Spot, known: set[str]) -> tuple[str, ...]:
    codes: list[str] = []
    for item, place in rows(value, spot):
        code = _known(text(item, place), place, known)
        if code in codes:
            raise place.refusal(f"tiêu chí {shown(code)} đã có", f"the criterion {shown(code)} occurs twice")
        codes.append(code)
    return tuple(codes)


def _entry(value: object, spot: Spot, rules: Rules) -> Entry:
    named = fields(value, spot, ("id", "group", "sheets"))
    name = text(named["id"], spot.key("id"))
    spot = spot.of(f"sản phẩm {shown(name)}", f"entry {shown(name)}")
    group = text(named["group"], spot.key("group"))
    return Entry(name, group, _sheets(named["sheets"], spot.key("sheets"), rules))


def _sheets(value: object, spot: Spot, rules: Rules) -> tuple[Sheet, ...]:
    sheets: dict[str, Sheet] = {}
    for item, place in rows(value, spot):
        sheet = _sheet(item, place, rules)
        if sheet.judge in sheets:
            judge = shown(sheet.judge)
            raise place.key("judge").refusal(
                f"giám khảo {judge} đã có phiếu cho sản phẩm này", f"the judge {judge} has two sheets on this entry"
            )
        sheets[sheet.judge] = sheet
    return tuple(sheets.values())


def _sheet(value: object, spot: Spot, rules: Rules) -> Sheet:
    """`scores` may be left out only where the sheet does not count; what is written is checked on every sheet."""
    named = fields(value, spot, ("judge", "status"), ("scores",))
    judge = text(named["judge"], spot.key("judge"))
    spot = spot.of(f"giám khảo {shown(judge)}", f"judge {shown(judge)}")
    status = one_of(Status, named["status"], spot.key("status"))
    if status is Status.LOCKED:
        fields(value, spot, ("judge", "status", "scores"))
    sheet = Sheet(judge, status, _scores(named.get("scores", {}), spot.key("scores"), rules))
    if status is Status.LOCKED and rules.aggregate.over is Over.SHEET:
        _require_complete(sheet, spot.key("scores"), rules)
    return sheet


def _scores(value: object, spot: Spot, rules: Rules) -> Mapping[str, Fraction]:
    most = {criterion.code: criterion.max for criterion in rules.criteria}
    scores: dict[str, Fraction] = {}
    for code, raw in mapping(value, spot).items():
        place = spot.key(code)
        _known(code, place, most.keys())
        if raw is not None:
            scores[code] = _score(raw, place, most[code])
    return scores


def _score(raw: object, spot: Spot, most: Fraction) -> Fraction:
    score = decimal(raw, spot)
    if score > most:
        raise spot.refusal(
            f"điểm {raw} cao hơn điểm tối đa {plain(most)}", f"the score {raw} is above the maximum {plain(most)}"
        )
    return score


def _known(code: str, spot: Spot, known: Container[str]) -> str:
    if code not in known:
        raise spot.refusal(
            f"không có tiêu chí {shown(code)} trong bộ quy định", f"the rules know no criterion {shown(code)}"
        )
    return code


def _require_complete(sheet: Sheet, spot: Spot, rules: Rules) -> None:
    for criterion in rules.criteria:
        if criterion.code not in sheet.scores:
            raise spot.key(criterion.code).refusal(
                "phiếu đã khóa nhưng chưa chấm tiêu chí này", "the sheet is locked but this criterion has no mark"
            )
