"""What holds for every document, tried on many."""

import copy
import json
import random
import unicodedata
from fractions import Fraction
from statistics import median
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from apps.judging.ranking import rank

CODES = ("C1", "C2", "Độ đẹp")
DECIMALS = st.integers(0, 4000).map(lambda hundredths: f"{hundredths // 100}.{hundredths % 100:02d}")
FEW = st.sampled_from(["0", "0.5", "39.99", "40", "40.0", "13"])
MARKS = DECIMALS | FEW
quick = settings(max_examples=50, deadline=None)


@st.composite
def documents(draw: st.DrawFn, **fixed: Any) -> dict[str, Any]:
    """A legal document; `fixed` pins values of the rules by name."""
    choose = {
        "over": st.sampled_from(["sheet", "criterion"]),
        "method": st.sampled_from(["mean", "median", "trimmed_mean"]),
        "drop_low": st.integers(0, 2),
        "drop_high": st.integers(0, 2),
        "stage": st.sampled_from(["none", "criterion", "total"]),
        "digits": st.integers(0, 3),
        "pass_mark": st.none() | MARKS,
        "tie_break": st.lists(st.sampled_from(CODES), unique=True),
    }
    chosen = {name: fixed[name] if name in fixed else draw(how) for name, how in choose.items()}
    weights = draw(st.lists(st.sampled_from(["0", "0.25", "1", "3"]), min_size=3, max_size=3).filter(any_weight))
    rules = {
        "criteria": [
            {"code": code, "max": "40", "weight": weight} for code, weight in zip(CODES, weights, strict=True)
        ],
        "aggregate": {name: chosen[name] for name in ("over", "method", "drop_low", "drop_high")},
        "rounding": {name: chosen[name] for name in ("stage", "digits")},
        "pass_mark": chosen["pass_mark"],
        "tie_break": chosen["tie_break"],
    }
    groups = draw(st.lists(st.sampled_from(["G1", "G2"]), max_size=6))
    entries = [
        {"id": f"Sản phẩm {n}", "group": group, "sheets": draw(sheets(chosen["over"]))}
        for n, group in enumerate(groups)
    ]
    return {"rules": rules, "entries": entries}


def any_weight(weights: list[str]) -> bool:
    return set(weights) != {"0"}


@st.composite
def sheets(draw: st.DrawFn, over: str) -> list[dict[str, Any]]:
    statuses = draw(st.lists(st.sampled_from(["locked", "locked", "locked", "recused", "absent"]), max_size=6))
    return [
        {"judge": f"J{n}", "status": status, "scores": draw(scores(partial=over == "criterion" or status != "locked"))}
        for n, status in enumerate(statuses)
    ]


def scores(*, partial: bool) -> st.SearchStrategy[dict[str, str | None]]:
    mark = MARKS | st.none() if partial else MARKS
    return st.fixed_dictionaries(dict.fromkeys(CODES, mark))


def results(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [dict(row) for row in rank(document)["entries"]]


@quick
@given(documents(), st.randoms(use_true_random=False))
def test_the_order_of_the_sheets_never_matters(document, chance):
    shuffled = copy.deepcopy(document)
    for entry in shuffled["entries"]:
        chance.shuffle(entry["sheets"])

    assert results(shuffled) == results(document)


@quick
@given(documents(), st.randoms(use_true_random=False))
def test_the_order_of_the_entries_is_kept_and_changes_no_result(document, chance):
    shuffled = copy.deepcopy(document)
    chance.shuffle(shuffled["entries"])

    found = {row["id"]: row for row in results(shuffled)}

    assert list(found) == [entry["id"] for entry in shuffled["entries"]]
    assert found == {row["id"]: row for row in results(document)}


@quick
@given(documents(), st.data())
def test_a_sheet_that_does_not_count_changes_no_result(document, data):
    assume(document["entries"])
    more = copy.deepcopy(document)
    entry = data.draw(st.sampled_from(more["entries"]))
    status = data.draw(st.sampled_from(["absent", "recused"]))
    entry["sheets"].insert(0, {"judge": "J99", "status": status, "scores": data.draw(scores(partial=True))})

    assert results(more) == results(document)
    assert rank(more)["digest"] != rank(document)["digest"]


@quick
@given(documents(), st.data())
def test_a_higher_mark_never_lowers_that_entry(document, data):
    marked = [
        (index, sheet, code)
        for index, entry in enumerate(document["entries"])
        for sheet, body in enumerate(entry["sheets"])
        for code, mark in body["scores"].items()
        if mark is not None
    ]
    assume(marked)
    index, sheet, code = data.draw(st.sampled_from(marked))
    raised = copy.deepcopy(document)
    given_marks = raised["entries"][index]["sheets"][sheet]["scores"]
    higher = data.draw(MARKS.filter(lambda mark: Fraction(mark) >= Fraction(given_marks[code])))
    given_marks[code] = higher

    before, after = results(document)[index], results(raised)[index]

    if before["rank"] is None:
        assert after["rank"] is None
    else:
        assert Fraction(after["total_exact"]) >= Fraction(before["total_exact"])
        assert after["rank"] <= before["rank"]
        assert after["passed"] >= before["passed"]


@quick
@given(documents(stage="none"), st.sampled_from(["2", "3", "0.5", "7.25"]))
def test_scaling_every_weight_scales_the_totals_and_keeps_the_ranks(document, factor):
    scaled = copy.deepcopy(document)
    for criterion in scaled["rules"]["criteria"]:
        criterion["weight"] = decimal(Fraction(criterion["weight"]) * Fraction(factor))

    for before, after in zip(results(document), results(scaled), strict=True):
        assert (after["rank"], after["tied"], after["criteria"]) == (before["rank"], before["tied"], before["criteria"])
        if before["total_exact"] is not None:
            assert Fraction(after["total_exact"]) == Fraction(before["total_exact"]) * Fraction(factor)


def decimal(value: Fraction) -> str:
    return f"{value * 10000 // 1 // 10000}.{int(value * 10000) % 10000:04d}"


@quick
@given(documents())
def test_ranks_are_those_of_a_fair_contest(document):
    rows = [row for row in results(document) if row["rank"] is not None]

    for row in rows:
        rivals = [other for other in rows if other["group"] == row["group"] and other is not row]
        assert row["rank"] == 1 + sum(other["rank"] < row["rank"] for other in rivals)
        assert row["tied"] == any(other["rank"] == row["rank"] for other in rivals)
        for other in rivals:
            if Fraction(other["total_exact"]) > Fraction(row["total_exact"]):
                assert other["rank"] < row["rank"]


@quick
@given(documents())
def test_what_is_shown_is_what_is_exact(document):
    for row in results(document):
        figures = [(row["total"], row["total_exact"]), *((c["value"], c["exact"]) for c in row["criteria"].values())]
        for shown, exact in figures:
            assert (shown is None) == (exact is None)
            if shown is not None:
                assert abs(Fraction(shown) - Fraction(exact)) <= Fraction(1, 2_000_000)
                assert str(Fraction(exact)) == exact
                assert "." not in shown or not shown.endswith(("0", "."))
                assert len(shown.partition(".")[2]) <= 6


@quick
@given(documents())
def test_no_total_no_rank_no_pass(document):
    mark = document["rules"]["pass_mark"]

    for row in results(document):
        if row["total_exact"] is None:
            assert (row["total"], row["rank"], row["passed"], row["tied"]) == (None, None, False, False)
        else:
            assert row["rank"] >= 1
            assert row["passed"] == (mark is None or Fraction(row["total_exact"]) >= Fraction(mark))


@quick
@given(documents(over="sheet", stage="none"))
def test_totals_over_sheets_agree_with_a_second_reckoning(document):
    """An independent calculation: plain loops, the library's median, trimming by removing one value at a time."""
    how = document["rules"]["aggregate"]
    for entry, row in zip(document["entries"], results(document), strict=True):
        totals = [
            sum(Fraction(c["weight"]) * Fraction(sheet["scores"][c["code"]]) for c in document["rules"]["criteria"])
            for sheet in entry["sheets"]
            if sheet["status"] == "locked"
        ]
        assert row["counted"] == len(totals)
        assert row["total_exact"] == second_reckoning(totals, how)


def second_reckoning(totals: list[Fraction], how: dict[str, Any]) -> str | None:
    left = list(totals)
    if how["method"] == "trimmed_mean":
        for _ in range(min(how["drop_low"], len(left))):
            left.remove(min(left))
        for _ in range(min(how["drop_high"], len(left))):
            left.remove(max(left))
    if not left:
        return None
    return str(median(left) if how["method"] == "median" else sum(left) / len(left))


@quick
@given(documents(), st.randoms(use_true_random=False))
def test_the_order_of_keys_does_not_change_the_digest(document, chance):
    assert rank(shuffled_keys(document, chance)) == rank(document)


@quick
@given(documents())
def test_the_normal_form_of_text_changes_nothing(document):
    decomposed = json.loads(unicodedata.normalize("NFD", json.dumps(document, ensure_ascii=False)))

    assert rank(decomposed) == rank(document)


@quick
@given(documents())
def test_the_ranking_is_the_same_after_a_trip_through_json(document):
    assert rank(json.loads(json.dumps(document))) == rank(document)


@quick
@given(documents())
def test_the_input_is_not_touched(document):
    before = copy.deepcopy(document)
    rank(document)

    assert document == before


@quick
@given(documents(), documents())
def test_other_documents_have_other_digests(one, other):
    assert (rank(one)["digest"] == rank(other)["digest"]) == (one == other)


def shuffled_keys(value: Any, chance: random.Random) -> Any:
    if isinstance(value, list):
        return [shuffled_keys(item, chance) for item in value]
    if not isinstance(value, dict):
        return value
    names = list(value)
    chance.shuffle(names)
    return {name: shuffled_keys(value[name], chance) for name in names}
