"""Advice beside the result: worked by hand, and never able to change it."""

import copy
import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.judging.ranking import advice, rank
from apps.judging.ranking.errors import Spot
from apps.judging.ranking.reading import read_entries, read_rules
from apps.judging.ranking.terms import Standing
from tests.judging.ranking.test_properties import documents

quick = settings(max_examples=60, deadline=None)


def read(body):
    rules = read_rules(body["rules"], Spot("rules"))
    return read_entries(body["entries"], Spot("entries"), rules), rules


def totals(body):
    return advice.sheet_totals(*read(body))


def test_a_sheet_total_weighs_its_criteria_and_leaves_out_what_does_not_count(document):
    body = document(
        {"A": [("30", "4"), "absent", "recused"], "B": [("10", None), ("8", "9")]},
        criteria={"C1": ("40", "1"), "C2": ("10", "2.5")},
        over="criterion",
    )

    assert totals(body) == {"A": {"J1": Fraction(40)}, "B": {"J2": Fraction(61, 2)}}


def test_a_criterion_without_weight_is_not_needed(document):
    body = document({"A": [("30", None)]}, criteria={"C1": ("40", "1"), "C2": ("10", "0")}, over="criterion")

    assert totals(body) == {"A": {"J1": Fraction(30)}}


class TestSpread:
    def test_is_the_distance_between_the_extremes_and_alerts_from_the_threshold(self, document):
        body = document({"A": ["70", "80", "85"], "B": ["60", "75.1"], "C": ["50", "64.9"], "D": ["99"]})

        found = advice.spreads(totals(body), alert_from=Fraction(15))

        assert [(s.entry, s.width, s.alert, s.counted) for s in found] == [
            ("B", Fraction(151, 10), True, 2),
            ("A", Fraction(15), True, 3),
            ("C", Fraction(149, 10), False, 2),
        ]

    def test_equal_widths_stand_in_the_order_of_their_codes(self, document):
        body = document({"B": ["70", "75"], "A": ["60", "65"]})

        assert [s.entry for s in advice.spreads(totals(body), alert_from=Fraction(9))] == ["A", "B"]


class TestLeniency:
    def test_is_the_mean_distance_to_the_others_on_the_same_entries(self, document):
        entries = {name: ["80", "70", "75"] for name in "ABCDE"}

        found = advice.leniencies(totals(document(entries)))

        assert [(line.judge, line.sheets, line.mean, line.against_others) for line in found] == [
            ("J1", 5, Fraction(80), Fraction(15, 2)),
            ("J3", 5, Fraction(75), Fraction(0)),
            ("J2", 5, Fraction(70), Fraction(-15, 2)),
        ]

    def test_is_not_told_from_too_few_entries(self, document):
        entries = {name: ["80", "70"] for name in "ABCD"} | {"E": ["80", "absent"]}

        found = advice.leniencies(totals(document(entries)))

        assert [(line.judge, line.sheets, line.against_others) for line in found] == [("J1", 5, None), ("J2", 4, None)]

    def test_comes_last_when_unknown(self, document):
        entries = {name: ["80", "70", "absent"] for name in "ABCDE"} | {"F": ["absent", "absent", "90"]}

        assert [line.judge for line in advice.leniencies(totals(document(entries)))] == ["J1", "J2", "J3"]


class TestPairs:
    def test_far_apart_in_the_mean_are_told_the_farthest_first(self, document):
        entries = {name: ["90", "70", "80"] for name in "ABCDE"}

        found = advice.pairs_apart(totals(document(entries)), from_distance=Fraction(10))

        assert [(p.one, p.other, p.common, p.distance) for p in found] == [
            ("J1", "J2", 5, Fraction(20)),
            ("J1", "J3", 5, Fraction(10)),
            ("J2", "J3", 5, Fraction(10)),
        ]

    def test_opposite_distances_do_not_cancel(self, document):
        entries = {"A": ["90", "70"], "B": ["70", "90"], "C": ["90", "70"], "D": ["70", "90"], "E": ["80", "80"]}

        assert [p.distance for p in advice.pairs_apart(totals(document(entries)), from_distance=Fraction(10))] == [16]

    @pytest.mark.parametrize(("common", "told"), [(4, 0), (5, 1)])
    def test_need_enough_common_entries(self, document, common, told):
        entries = {name: ["90", "70"] for name in "ABCDE"[:common]}

        assert len(advice.pairs_apart(totals(document(entries)), from_distance=Fraction(10))) == told

    def test_below_the_distance_are_not_told(self, document):
        entries = {name: ["79.99", "70"] for name in "ABCDE"}

        assert advice.pairs_apart(totals(document(entries)), from_distance=Fraction(10)) == []


class TestOtherMethods:
    def test_a_median_tells_who_would_pass_and_who_would_move(self, document):
        body = document({"A": ["40", "80", "80"], "B": ["70", "70", "70"], "C": ["10", "10", "10"]})

        found = advice.changes(*read(body), advice.by_median)

        assert found == [
            advice.Change("A", Standing(2, False, False), Standing(1, False, True)),
            advice.Change("B", Standing(1, False, True), Standing(2, False, True)),
        ]

    def test_a_trimmed_mean_drops_one_at_each_end(self, document):
        body = document({"A": ["0", "80", "80", "100"], "B": ["76", "76", "76", "76"]})

        found = advice.changes(*read(body), advice.by_trimmed_mean)

        assert [(c.entry, c.now.rank, c.then.rank) for c in found] == [("A", 2, 1), ("B", 1, 2)]

    def test_what_does_not_move_is_not_told(self, document):
        body = document({"A": ["80", "81"], "B": ["70", "71"]})

        assert advice.changes(*read(body), advice.by_median) == []


class TestJustMissed:
    def test_are_the_first_behind_the_quota_of_their_group(self, document):
        body = document({"G1:A": ["90"], "G1:B": ["85"], "G1:C": ["80"], "G2:D": ["75"], "G2:E": ["60"]})

        assert advice.just_missed(*read(body), {"G1": 1, "G2": 1}) == {"G1": ["B"], "G2": []}
        assert advice.just_missed(*read(body), {"G1": 0}) == {"G1": ["A"]}

    def test_share_the_place_when_they_share_the_rank(self, document):
        body = document({"C": ["80"], "B": ["80"], "A": ["90"]})

        assert advice.just_missed(*read(body), {"G1": 1}) == {"G1": ["B", "C"]}

    def test_are_inside_when_they_share_the_last_place(self, document):
        body = document({"A": ["90"], "B": ["80"], "C": ["80"], "D": ["75"]})

        assert advice.just_missed(*read(body), {"G1": 2}) == {"G1": ["D"]}


@quick
@given(documents(), st.randoms(use_true_random=False))
def test_the_order_of_the_sheets_never_matters(body, chance: random.Random):
    shuffled = copy.deepcopy(body)
    for entry in shuffled["entries"]:
        chance.shuffle(entry["sheets"])

    assert _all(body) == _all(shuffled)


@quick
@given(documents())
def test_advice_never_changes_the_result(body):
    before = rank(body)

    _all(body)

    assert rank(body) == before


@quick
@given(documents(over="sheet", method="mean", stage="none"))
def test_every_change_is_what_ranking_by_the_other_method_gives(body):
    other = copy.deepcopy(body)
    other["rules"]["aggregate"] = {"over": "sheet", "method": "median"}

    told = {c.entry: (c.then.rank, c.then.passed) for c in advice.changes(*read(body), advice.by_median)}

    now, then = ({r["id"]: (r["rank"], r["passed"]) for r in rank(d)["entries"]} for d in (body, other))
    assert told == {name: then[name] for name in then if then[name] != now[name]}


def _all(body):
    entries, rules = read(body)
    marks = advice.sheet_totals(entries, rules)
    return (
        advice.spreads(marks, alert_from=Fraction(10)),
        advice.leniencies(marks),
        advice.pairs_apart(marks, from_distance=Fraction(1)),
        advice.changes(entries, rules, advice.by_median),
        advice.changes(entries, rules, advice.by_trimmed_mean),
        advice.just_missed(entries, rules, {"G1": 1, "G2": 2}),
    )
