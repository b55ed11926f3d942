"""Numbers that are none, scores outside their limits, sheets that are not complete."""

import pytest

from apps.judging.ranking import rank

HUGE = 10**5000


def label(value):
    """A test's name for a value; an integer too long to print has none of its own."""
    return "huge" if isinstance(value, int) and value > 10**9 else ascii(value)[:40]


@pytest.mark.parametrize(
    "raw",
    [
        "",
        " ",
        "5,5",
        "+5",
        "-0",
        "--5",
        " 5",
        "5 ",
        "5\n",
        "5.",
        ".5",
        ".",
        "1.2.3",
        "1e1",
        "1E1",
        "1_0",
        "1/2",
        "NaN",
        "nan",
        "Infinity",
        "inf",
        "0x1",
        "٣",
        "５",
        "²",
        "5\u200b",
        "5\x00",
        "\ud800",
        "9" * 65,
        "0." + "3" * 63,
        "-" + "9" * 64,
        5,
        5.5,
        float("nan"),
        float("inf"),
        HUGE,
        True,
        ["5"],
        {"5": "5"},
        b"5",
    ],
    ids=label,
)
class TestNumbers:
    def test_a_score(self, whole, refused, raw):
        whole["entries"][0]["sheets"][0]["scores"]["C1"] = raw

        assert refused(whole).place == "entries[0].sheets[0].scores.C1"

    @pytest.mark.parametrize("name", ["max", "weight"])
    def test_a_criterion(self, whole, refused, raw, name):
        whole["rules"]["criteria"][0][name] = raw

        assert refused(whole).place == f"rules.criteria[0].{name}"

    def test_the_pass_mark(self, whole, refused, raw):
        whole["rules"]["pass_mark"] = raw

        assert refused(whole).place == "rules.pass_mark"


@pytest.mark.parametrize("raw", ["0", "0.0", "007", "40", "40.000", "0." + "1" * 62, "0" * 62 + "40"])
def test_plain_decimals_up_to_64_characters_are_read(whole, raw):
    whole["entries"][0]["sheets"][0]["scores"]["C1"] = raw

    assert rank(whole)["entries"][0]["rank"] is not None


@pytest.mark.parametrize("over", ["sheet", "criterion"])
@pytest.mark.parametrize("status", ["locked", "recused", "absent"])
class TestLimitsHoldOnEverySheet:
    @pytest.mark.parametrize("raw", ["40.01", "41", "40." + "0" * 60 + "1", "9" * 64])
    def test_a_score_above_the_maximum(self, whole, refused, over, status, raw):
        whole["rules"]["aggregate"]["over"] = over
        whole["entries"][1]["sheets"][1] |= {"status": status, "scores": {"C1": raw, "C2": "1"}}

        refusal = refused(whole)

        assert refusal.place == "entries[1].sheets[1].scores.C1"
        assert refusal.message == (
            f'điểm {raw} cao hơn điểm tối đa 40 (sản phẩm "B", giám khảo "J2")'
            f' / the score {raw} is above the maximum 40 (entry "B", judge "J2")'
        )

    @pytest.mark.parametrize("raw", ["-0.5", "-0", "-1"])
    def test_a_score_below_zero(self, whole, refused, over, status, raw):
        whole["rules"]["aggregate"]["over"] = over
        whole["entries"][1]["sheets"][1] |= {"status": status, "scores": {"C1": "1", "C2": raw}}

        refusal = refused(whole)

        assert refusal.place == "entries[1].sheets[1].scores.C2"
        assert f"số {raw} nhỏ hơn 0" in refusal.message
        assert f"the number {raw} is below zero" in refusal.message

    @pytest.mark.parametrize("raw", ["1", None])
    def test_an_unknown_criterion(self, whole, refused, over, status, raw):
        whole["rules"]["aggregate"]["over"] = over
        whole["entries"][1]["sheets"][1] |= {"status": status, "scores": {"C1": "1", "C2": "1", "C9": raw}}

        refusal = refused(whole)

        assert refusal.place == "entries[1].sheets[1].scores.C9"
        assert 'không có tiêu chí "C9"' in refusal.message


@pytest.mark.parametrize("scores", [{"C1": "1"}, {"C1": "1", "C2": None}])
class TestIncompleteSheets:
    def test_locked_over_sheet_is_refused(self, whole, refused, scores):
        whole["entries"][1]["sheets"][0]["scores"] = scores

        refusal = refused(whole)

        assert refusal.place == "entries[1].sheets[0].scores.C2"
        assert "phiếu đã khóa nhưng chưa chấm tiêu chí này" in refusal.message

    def test_locked_over_criterion_is_fine(self, whole, scores):
        whole["rules"]["aggregate"]["over"] = "criterion"
        whole["entries"][1]["sheets"][0]["scores"] = scores

        assert rank(whole)["entries"][1]["counted"] == 2

    @pytest.mark.parametrize("status", ["recused", "absent"])
    def test_one_that_does_not_count_may_be_incomplete(self, whole, scores, status):
        whole["entries"][1]["sheets"][0] |= {"status": status, "scores": scores}

        assert rank(whole)["entries"][1]["counted"] == 1

    def test_a_weight_of_zero_does_not_make_it_complete(self, whole, refused, scores):
        whole["rules"]["criteria"][1]["weight"] = "0"
        whole["entries"][1]["sheets"][0]["scores"] = scores

        assert refused(whole).place == "entries[1].sheets[0].scores.C2"
