"""From the sheets of one entry to its figures."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from apps.judging.ranking.rounding import half_up
from apps.judging.ranking.terms import Aggregate, Entry, Method, Outcome, Over, Rounding, Rules, Sheet, Stage, Status


def outcome(entry: Entry, rules: Rules) -> Outcome:
    """What the locked sheets of `entry` add up to; every other sheet is as if it were not there."""
    sheets = [sheet for sheet in entry.sheets if sheet.status is Status.LOCKED]
    criteria = {criterion.code: _criterion_value(criterion.code, sheets, rules) for criterion in rules.criteria}
    if rules.aggregate.over is Over.SHEET:
        total = aggregated([_sheet_total(sheet, rules) for sheet in sheets], rules.aggregate)
    else:
        total = _weighted_sum(criteria, rules)
    if total is not None:
        total = _rounded(total, rules.rounding, Stage.TOTAL)
    return Outcome(entry.group, criteria, total, len(sheets))


def aggregated(values: Sequence[Fraction], how: Aggregate) -> Fraction | None:
    """One figure for many, exactly; `None` when there is nothing left to aggregate."""
    kept = sorted(values)
    if how.method is Method.TRIMMED_MEAN:
        kept = kept[how.drop_low : max(how.drop_low, len(kept) - how.drop_high)]
    if not kept:
        return None
    return _middle(kept) if how.method is Method.MEDIAN else _mean(kept)


def _criterion_value(code: str, sheets: Iterable[Sheet], rules: Rules) -> Fraction | None:
    marks = [sheet.scores[code] for sheet in sheets if code in sheet.scores]
    value = aggregated(marks, rules.aggregate)
    return None if value is None else _rounded(value, rules.rounding, Stage.CRITERION)


def _sheet_total(sheet: Sheet, rules: Rules) -> Fraction:
    return sum((c.weight * sheet.scores[c.code] for c in rules.criteria), Fraction(0))


def _weighted_sum(criteria: Mapping[str, Fraction | None], rules: Rules) -> Fraction | None:
    """The total of an entry whose criteria are aggregated apart; a criterion of weight zero is not needed for it."""
    total = Fraction(0)
    for criterion in rules.criteria:
        value = criteria[criterion.code]
        if value is not None:
            total += _rounded(criterion.weight * value, rules.rounding, Stage.CRITERION)
        elif criterion.weight:
            return None
    return total


def _rounded(value: Fraction, rounding: Rounding, stage: Stage) -> Fraction:
    return half_up(value, rounding.digits) if rounding.stage is stage else value


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _middle(ordered: Sequence[Fraction]) -> Fraction:
    """The median: the middle value, or the mean of the middle two."""
    half = len(ordered) // 2
    return _mean(ordered[half : half + 1] if len(ordered) % 2 else ordered[half - 1 : half + 1])
