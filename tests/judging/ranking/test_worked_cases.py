"""Cases worked out with pencil and paper; the arithmetic stands beside each."""

import pytest

from apps.judging.ranking import rank

# The official form: 40 / 40 / 10 / 10, one hundred in all (Phụ lục 4 TT 26/2014/TT-BCT).
FORM = {"C1": ("40", "1"), "C2": ("40", "1"), "C3": ("10", "1"), "C4": ("10", "1")}
TWO = {"C1": ("40", "1"), "C2": ("60", "1")}


def test_one_entry_on_the_official_form_in_full(ranked):
    # J1: 35.5 + 34 + 8 + 7   = 84.5
    # J2: 30   + 33 + 9 + 6.5 = 78.5
    # J3: 32   + 35 + 7 + 7   = 81      together 244, by three judges 244/3 = 81.333333…
    # C1: 97.5/3 = 32.5   C2: 102/3 = 34   C3: 24/3 = 8   C4: 20.5/3 = 41/6 = 6.8333333…
    sheets = [("35.5", "34", "8", "7"), ("30", "33", "9", "6.5"), ("32", "35", "7", "7")]

    results = ranked({"DLK-2027-CB-014": sheets}, criteria=FORM)

    assert results == {
        "DLK-2027-CB-014": {
            "id": "DLK-2027-CB-014",
            "group": "G1",
            "total": "81.333333",
            "total_exact": "244/3",
            "criteria": {
                "C1": {"value": "32.5", "exact": "65/2"},
                "C2": {"value": "34", "exact": "34"},
                "C3": {"value": "8", "exact": "8"},
                "C4": {"value": "6.833333", "exact": "41/6"},
            },
            "counted": 3,
            "rank": 1,
            "tied": False,
            "passed": True,
        }
    }


class TestWhoCounts:
    def test_an_absent_judge_is_not_a_zero(self, ranked):
        # (80 + 90) / 2 = 85; a zero for J2 would have given 170/3 = 56.67
        a = ranked({"A": ["80", "absent", "90"]})["A"]

        assert (a["total"], a["counted"], a["passed"]) == ("85", 2, True)

    def test_the_marks_of_a_recused_judge_are_kept_and_do_not_count(self, document):
        body = document({"A": ["80", "90"]})
        body["entries"][0]["sheets"].append({"judge": "J3", "status": "recused", "scores": {"C1": "10"}})

        a = rank(body)["entries"][0]

        # (80 + 90) / 2 = 85; with the recused 10 it would have been 60
        assert (a["total"], a["counted"]) == ("85", 2)

    def test_without_any_locked_sheet_there_is_no_total(self, ranked):
        results = ranked({"A": ["absent", "recused"], "B": [], "C": ["50"]}, pass_mark=None)

        nothing = {
            "group": "G1",
            "total": None,
            "total_exact": None,
            "criteria": {"C1": {"value": None, "exact": None}},
            "counted": 0,
            "rank": None,
            "tied": False,
            "passed": False,
        }
        assert results["A"] == {"id": "A", **nothing}
        assert results["B"] == {"id": "B", **nothing}
        assert results["C"]["rank"] == 1

    def test_zero_is_a_mark(self, ranked):
        # (0 + 90) / 2 = 45
        a = ranked({"A": ["0", "90"]})["A"]

        assert (a["total"], a["counted"]) == ("45", 2)

    def test_over_criterion_a_missing_mark_is_left_out_of_its_criterion_only(self, ranked):
        # C1: (30 + 36) / 2 = 33      C2: 50 by J1 alone = 50      33 + 50 = 83
        a = ranked({"A": [("30", "50"), ("36", None)]}, criteria=TWO, over="criterion")["A"]

        assert a["total"] == "83"
        assert a["criteria"] == {"C1": {"value": "33", "exact": "33"}, "C2": {"value": "50", "exact": "50"}}
        assert a["counted"] == 2

    def test_over_criterion_a_criterion_that_nobody_marked_leaves_no_total(self, ranked):
        a = ranked({"A": [("30", None), ("36",)]}, criteria=TWO, over="criterion", pass_mark=None)["A"]

        assert (a["total"], a["total_exact"], a["rank"], a["passed"], a["counted"]) == (None, None, None, False, 2)
        assert a["criteria"] == {"C1": {"value": "33", "exact": "33"}, "C2": {"value": None, "exact": None}}

    def test_over_criterion_a_criterion_without_weight_is_not_needed(self, ranked):
        # 2 * 30 + 0 * nothing = 60
        a = ranked({"A": [("30", None)]}, criteria={"C1": ("40", "2"), "C2": ("10", "0")}, over="criterion")["A"]

        assert a["total"] == "60"


class TestMethods:
    @pytest.mark.parametrize(
        ("marks", "middle"),
        [
            (["90"], "90"),
            (["90", "60", "80"], "80"),  # 60 [80] 90
            (["90", "60", "80", "71"], "151/2"),  # 60 [71 80] 90: 151/2 = 75.5
            (["50", "50", "100", "100", "0"], "50"),  # 0 50 [50] 100 100
        ],
    )
    def test_median(self, ranked, marks, middle):
        assert ranked({"A": marks}, method="median")["A"]["total_exact"] == middle

    @pytest.mark.parametrize(
        ("drop", "exact"),
        [
            ((0, 0), "78"),  # (50 + 70 + 80 + 90 + 100) / 5 = 390/5
            ((1, 0), "85"),  # (70 + 80 + 90 + 100) / 4 = 340/4
            ((0, 1), "145/2"),  # (50 + 70 + 80 + 90) / 4 = 290/4
            ((1, 1), "80"),  # (70 + 80 + 90) / 3 = 240/3
            ((1, 2), "75"),  # (70 + 80) / 2
            ((2, 2), "80"),  # 80 alone
            ((4, 0), "100"),
            ((0, 4), "50"),
            ((3, 2), None),
            ((5, 0), None),
            ((0, 5), None),
            ((9, 9), None),
            ((0, 9), None),
        ],
    )
    def test_trimmed_mean(self, ranked, drop, exact):
        a = ranked({"A": ["90", "50", "100", "70", "80"]}, method="trimmed_mean", drop=drop)["A"]

        assert a["total_exact"] == exact
        assert a["criteria"]["C1"]["exact"] == exact
        assert a["counted"] == 5

    def test_absent_judges_are_gone_before_anything_is_trimmed(self, ranked):
        # present 60 70 80, without lowest and highest: 70
        a = ranked({"A": ["60", "absent", "80", "70"]}, method="trimmed_mean", drop=(1, 1))["A"]

        assert a["total"] == "70"

    def test_an_entry_with_too_few_sheets_for_trimming_stands_behind_nobody(self, ranked):
        results = ranked(
            {"A": ["99", "99"], "B": ["71", "72", "73"]}, method="trimmed_mean", drop=(1, 1), pass_mark=None
        )

        assert [results["A"][name] for name in ("total", "rank", "tied", "passed")] == [None, None, False, False]
        assert [results["B"][name] for name in ("total", "rank", "tied", "passed")] == ["72", 1, False, True]

    def test_over_sheet_and_over_criterion_differ_when_trimmed(self, ranked):
        # Sheets: 40+20 = 60, 10+60 = 70, 20+55 = 75; the middle one is 70.
        # Criteria: C1 10 [20] 40, C2 20 [55] 60; 20 + 55 = 75.
        sheets = {"A": [("40", "20"), ("10", "60"), ("20", "55")]}

        by_sheet = ranked(sheets, criteria=TWO, method="trimmed_mean", drop=(1, 1), over="sheet")["A"]
        by_criterion = ranked(sheets, criteria=TWO, method="trimmed_mean", drop=(1, 1), over="criterion")["A"]

        assert (by_sheet["total"], by_criterion["total"]) == ("70", "75")
        assert by_sheet["criteria"] == by_criterion["criteria"]
        assert by_sheet["criteria"]["C1"]["value"] == "20"

    @pytest.mark.parametrize("method", ["mean", "median"])
    def test_what_trimming_would_drop_means_nothing_to_the_other_methods(self, ranked, method):
        # mean (60 + 80) / 2 = 70, and so is the median
        assert ranked({"A": ["60", "80"]}, method=method, drop=(1, 1))["A"]["total"] == "70"


class TestWeights:
    WEIGHTED = {"C1": ("10", "4"), "C2": ("10", "2.5"), "C3": ("10", "0")}

    def test_over_sheet_each_sheet_is_weighted(self, ranked):
        # J1: 4*8 + 2.5*7 + 0*9 = 49.5    J2: 4*9 + 2.5*6 + 0*1 = 51    mean 100.5/2 = 50.25
        a = ranked({"A": [("8", "7", "9"), ("9", "6", "1")]}, criteria=self.WEIGHTED)["A"]

        assert (a["total"], a["total_exact"]) == ("50.25", "201/4")

    def test_the_criteria_are_shown_without_their_weight(self, ranked):
        a = ranked({"A": [("8", "7", "9"), ("9", "6", "1")]}, criteria=self.WEIGHTED)["A"]

        assert {code: shown["value"] for code, shown in a["criteria"].items()} == {"C1": "8.5", "C2": "6.5", "C3": "5"}

    def test_over_criterion_each_aggregate_is_weighted(self, ranked):
        # medians C1 8, C2 7, C3 5: 4*8 + 2.5*7 + 0*5 = 49.5
        a = ranked(
            {"A": [("8", "7", "9"), ("9", "6", "1"), ("2", "9", "5")]},
            criteria=self.WEIGHTED,
            over="criterion",
            method="median",
        )["A"]

        assert a["total"] == "49.5"


class TestRounding:
    # C1 (10.01 + 10.02 + 10.02) / 3 = 30.05/3 = 10.01666…   C2 (20.00 + 20.00 + 20.01) / 3 = 60.01/3 = 20.00333…
    SHEETS = {"A": [("10.01", "20.00"), ("10.02", "20.00"), ("10.02", "20.01")]}
    HALVES = {"C1": ("40", "0.5"), "C2": ("60", "0.5")}

    def test_none_keeps_everything_exact(self, ranked):
        # 0.5 * (30.05 + 60.01) / 3 = 90.06/6 = 15.01
        a = ranked(self.SHEETS, criteria=self.HALVES, over="criterion", stage="none")["A"]

        assert a["total_exact"] == "1501/100"
        assert a["criteria"] == {
            "C1": {"value": "10.016667", "exact": "601/60"},
            "C2": {"value": "20.003333", "exact": "6001/300"},
        }

    def test_criterion_rounds_the_aggregate_and_again_its_weighted_value(self, ranked):
        # C1 10.01666… to 10.02, halved 5.01;  C2 20.00333… to 20.00, halved 10.00;  together 15.01
        # C1 10.01666… to 10.0,  halved 5.0;   and with one digit C2 20.0, halved 10.0; together 15
        two = ranked(self.SHEETS, criteria=self.HALVES, over="criterion", stage="criterion", digits=2)["A"]
        one = ranked(self.SHEETS, criteria=self.HALVES, over="criterion", stage="criterion", digits=1)["A"]

        assert (two["total_exact"], one["total_exact"]) == ("1501/100", "15")
        assert two["criteria"]["C1"] == {"value": "10.02", "exact": "501/50"}
        assert two["criteria"]["C2"] == {"value": "20", "exact": "20"}

    def test_criterion_rounds_twice_and_both_can_be_seen(self, ranked):
        # C1 8.445 to 8.45 (first rounding), half of it 4.225 to 4.23 (second); C2 8.00, half 4.00; together 8.23.
        # Once only would give 8.45/2 = 4.225, or 8.445/2 = 4.2225 to 4.22.
        a = ranked({"A": [("8.44", "8"), ("8.45", "8")]}, criteria=self.HALVES, over="criterion", stage="criterion")[
            "A"
        ]

        assert a["total"] == "8.23"

    def test_total_rounds_the_total_only(self, ranked):
        # C1 8.445, C2 8: half of 16.445 is 8.2225, to two digits 8.22
        a = ranked({"A": [("8.44", "8"), ("8.45", "8")]}, criteria=self.HALVES, over="criterion", stage="total")["A"]

        assert (a["total_exact"], a["criteria"]["C1"]["exact"]) == ("411/50", "1689/200")

    def test_total_rounds_after_aggregating_the_sheets(self, ranked):
        # (70.00 + 70.01) / 2 = 70.005, half up 70.01
        assert ranked({"A": ["70.00", "70.01"]}, stage="total")["A"]["total_exact"] == "7001/100"

    def test_criterion_over_sheets_rounds_what_is_shown_and_leaves_the_total_exact(self, ranked):
        # (70.00 + 70.01) / 2 = 70.005
        a = ranked({"A": ["70.00", "70.01"]}, stage="criterion")["A"]

        assert (a["total_exact"], a["criteria"]["C1"]["exact"]) == ("14001/200", "7001/100")

    @pytest.mark.parametrize(("digits", "rounded"), [(0, "73"), (1, "145/2"), (2, "145/2")])
    def test_half_goes_up_and_not_to_the_even_digit(self, ranked, digits, rounded):
        # 145/2 = 72.5: up to 73, where half to even would give 72
        assert ranked({"A": ["72", "73"]}, stage="total", digits=digits)["A"]["total_exact"] == rounded

    def test_display_is_half_up_to_six_digits(self, ranked):
        # (0.000001 + 0.000002) / 2 = 0.0000015, shown 0.000002; (0 + 0.000001 + 0) / 3 = 1/3000000, shown 0
        results = ranked({"A": ["0.000001", "0.000002"], "B": ["0", "0.000001", "0"], "C": ["100"]})

        assert [results[name]["total"] for name in "ABC"] == ["0.000002", "0", "100"]
        assert results["B"]["total_exact"] == "1/3000000"


class TestPassMark:
    def test_the_mark_is_compared_with_the_exact_total(self, ranked):
        # (70 + 70 + 69.999999) / 3 = 69.999999666…: shown with six digits it is 70, and yet it is below 70
        a = ranked({"A": ["70", "70", "69.999999"]})["A"]

        assert (a["total"], a["total_exact"], a["passed"]) == ("70", "209999999/3000000", False)

    def test_exactly_the_mark_is_enough(self, ranked):
        # (69.9 + 70.1) / 2 = 70; binary floats would have to be lucky here
        assert ranked({"A": ["69.9", "70.1"]})["A"]["passed"] is True

    @pytest.mark.parametrize(("stage", "passed"), [("none", False), ("criterion", False), ("total", True)])
    def test_a_total_that_the_rules_round_is_compared_rounded(self, ranked, stage, passed):
        # (69.99 + 70.00) / 2 = 69.995, to two digits 70.00
        assert ranked({"A": ["69.99", "70.00"]}, stage=stage)["A"]["passed"] is passed

    def test_without_a_mark_whoever_has_a_total_passes(self, ranked):
        results = ranked({"A": ["0"], "B": ["absent"]}, pass_mark=None)

        assert (results["A"]["passed"], results["B"]["passed"]) == (True, False)

    def test_a_mark_of_zero_is_a_mark_and_no_total_does_not_reach_it(self, ranked):
        results = ranked({"A": ["0"], "B": ["absent"]}, pass_mark="0")

        assert (results["A"]["passed"], results["B"]["passed"]) == (True, False)

    def test_passing_does_not_change_the_rank(self, ranked):
        results = ranked({"A": ["60"], "B": ["50"]}, pass_mark="70")

        assert [(row["rank"], row["passed"]) for row in results.values()] == [(1, False), (2, False)]


class TestRanks:
    @staticmethod
    def ranks(results):
        return {name: (row["rank"], row["tied"]) for name, row in results.items()}

    def test_those_who_share_a_rank_use_up_the_next(self, ranked):
        results = ranked({"A": ["80"], "B": ["90"], "C": ["70"], "D": ["80"]})

        assert self.ranks(results) == {"A": (2, True), "B": (1, False), "C": (4, False), "D": (2, True)}

    def test_three_share_the_first_rank(self, ranked):
        results = ranked({"A": ["80"], "B": ["80"], "C": ["80"], "D": ["79"]})

        assert self.ranks(results) == {"A": (1, True), "B": (1, True), "C": (1, True), "D": (4, False)}

    def test_equal_is_equal_however_it_was_reached(self, ranked):
        # (70 + 71 + 71) / 3 = 212/3 and (70.5 + 70.5 + 71) / 3 = 212/3
        results = ranked({"A": ["70", "71", "71"], "B": ["70.5", "70.50", "71.0"]})

        assert self.ranks(results) == {"A": (1, True), "B": (1, True)}

    def test_a_difference_behind_the_sixth_digit_is_a_difference(self, ranked):
        results = ranked({"A": ["80.0000001"], "B": ["80.0000002"]})

        assert results["A"]["total"] == results["B"]["total"]
        assert self.ranks(results) == {"A": (2, False), "B": (1, False)}

    def test_groups_are_ranked_apart(self, ranked):
        results = ranked({"G1:A": ["80"], "G2:B": ["80"], "G1:C": ["90"], "G2:D": ["absent"]})

        assert self.ranks(results) == {"A": (2, False), "B": (1, False), "C": (1, False), "D": (None, False)}

    def test_the_first_tie_break_criterion_decides_before_the_second(self, ranked):
        # all total 80; C2: A 40, B 50, C 50; C1: A 40, B 20, C 20; C3: A 0, B 10, C 10
        three = {"C1": ("40", "1"), "C2": ("60", "1"), "C3": ("10", "1")}
        sheets = {"A": [("40", "40", "0")], "B": [("20", "50", "10")], "C": [("20", "50", "10")]}

        by_second = ranked(sheets, criteria=three, tie_break=["C2", "C1"])
        by_first = ranked(sheets, criteria=three, tie_break=["C1", "C2", "C3"])
        by_none = ranked(sheets, criteria=three)

        assert self.ranks(by_second) == {"A": (3, False), "B": (1, True), "C": (1, True)}
        assert self.ranks(by_first) == {"A": (1, False), "B": (2, True), "C": (2, True)}
        assert self.ranks(by_none) == {"A": (1, True), "B": (1, True), "C": (1, True)}

    def test_the_second_tie_break_criterion_decides_what_the_first_left_open(self, ranked):
        # totals 75 both, C1 20 both; C2: A 50, B 55; C3: A 5, B 0
        three = {"C1": ("40", "1"), "C2": ("60", "1"), "C3": ("10", "1")}

        results = ranked({"A": [("20", "50", "5")], "B": [("20", "55", "0")]}, criteria=three, tie_break=["C1", "C2"])

        assert self.ranks(results) == {"A": (2, False), "B": (1, False)}

    def test_a_tie_break_never_outweighs_the_total(self, ranked):
        # A 40 + 40 = 80, B 20 + 60 = 80, C 39 + 42 = 81
        results = ranked(
            {"A": [("40", "40")], "B": [("20", "60")], "C": [("39", "42")]}, criteria=TWO, tie_break=["C1"]
        )

        assert self.ranks(results) == {"A": (2, False), "B": (3, False), "C": (1, False)}

    def test_a_tie_break_compares_the_rounded_aggregate_when_the_rules_round_criteria(self, ranked):
        # totals 80 both. C1: A (20.00 + 20.01) / 2 = 20.005 to 20.01, B 20.01 flat: equal once rounded.
        # C2: A (60.00 + 59.99) / 2 = 59.995, B 59.99.
        sheets = {"A": [("20.00", "60.00"), ("20.01", "59.99")], "B": [("20.01", "59.99"), ("20.01", "59.99")]}

        rounded = ranked(sheets, criteria=TWO, stage="criterion", tie_break=["C1"])
        unrounded = ranked(sheets, criteria=TWO, stage="none", tie_break=["C1"])

        assert self.ranks(rounded) == {"A": (1, True), "B": (1, True)}
        assert self.ranks(unrounded) == {"A": (2, False), "B": (1, False)}

    def test_a_tie_break_criterion_that_nobody_marked_stands_below_zero(self, ranked):
        # C2 weighs nothing: all total 30; C2: A nobody, B 0, C nobody
        results = ranked(
            {"A": [("30", None)], "B": [("30", "0")], "C": [("30", None)]},
            criteria={"C1": ("40", "1"), "C2": ("10", "0")},
            over="criterion",
            tie_break=["C2"],
        )

        assert self.ranks(results) == {"A": (2, True), "B": (1, False), "C": (2, True)}

    def test_a_rounded_total_can_tie_what_was_apart(self, ranked):
        # 80.004 and 80.001 are both 80.00
        sheets = {"A": ["80.004"], "B": ["80.001"]}

        assert self.ranks(ranked(sheets, stage="total")) == {"A": (1, True), "B": (1, True)}
        assert self.ranks(ranked(sheets, stage="none")) == {"A": (1, False), "B": (2, False)}


def test_the_output_keeps_the_order_of_the_input(ranked):
    assert list(ranked({"Z": ["10"], "A": ["90"], "M": ["50"]})) == ["Z", "A", "M"]


def test_the_criteria_keep_the_order_of_the_rules(ranked):
    frame = {"C2": ("10", "1"), "C1": ("10", "1")}

    assert list(ranked({"A": [("1", "2")]}, criteria=frame)["A"]["criteria"]) == ["C2", "C1"]


def test_no_entries_no_results(ranked):
    assert ranked({}) == {}
