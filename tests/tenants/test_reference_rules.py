"""The law as data: frozen for a round, tightened by a province, never loosened."""

import json
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from apps.judging.ranking import rank
from tenants import reference
from tenants.reference.bodies import check_body
from tenants.reference.errors import BadRuleSet, RuleLoosened, UnknownLevel
from tenants.reference.rules import Frozen, freeze, tighten
from tieubieu.lib.canonical import digest

FILE = Path(reference.__file__).parent / "data" / "rule_sets.json"


@dataclass
class Law:
    code: str
    name: str
    effective_from: date
    legal_basis: list[dict[str, Any]]
    body: dict[str, Any]


def law(code: str = "VBHN46-2025") -> Law:
    found = next(line for line in json.loads(FILE.read_text())["rule_sets"] if line["code"] == code)
    start = date.fromisoformat(found["effective_from"])
    return Law(found["code"], found["name"], start, found["legal_basis"], found["body"])


@pytest.fixture
def frozen() -> Frozen:
    return freeze(law(), "province")


ALL = ["TT26-2014", "TT14-2018", "TT38-2025", "VBHN46-2025"]


@pytest.mark.parametrize("code", ALL)
def test_every_rule_set_is_whole(code: str) -> None:
    check_body(law(code).body)


@pytest.mark.parametrize("code", ALL)
def test_the_four_criteria_share_a_hundred_points_as_the_law_words_them(code: str) -> None:
    told = [(c["code"], c["max"], c["label"]) for c in law(code).body["criteria"]]

    assert told == [
        ("C1", "40", "Tiêu chí về đáp ứng thị trường và khả năng phát triển sản xuất"),
        ("C2", "40", "Tiêu chí về kinh tế - kỹ thuật - xã hội và môi trường"),
        ("C3", "10", "Tiêu chí về tính văn hóa và thẩm mỹ"),
        ("C4", "10", "Tiêu chí khác"),
    ]


@pytest.mark.parametrize(("code", "years"), list(zip(ALL, [3, 4, 4, 4], strict=True)))
def test_certificates_last_to_the_third_year_and_since_2018_to_the_fourth(code: str, years: int) -> None:
    validity = law(code).body["validity"]

    assert (validity["years"], validity["inclusive"]) == (years, True)


@pytest.mark.parametrize(
    ("code", "lowest"), list(zip(ALL, ["district", "district", "commune", "commune"], strict=True))
)
def test_the_lowest_level_moved_from_district_to_commune(code: str, lowest: str) -> None:
    levels = {level["code"]: level["council_sizes"] for level in law(code).body["levels"]}

    assert levels == {lowest: [5, 7], "province": [7, 9], "region": [9, 11], "nation": [11, 13]}


def test_the_groups_are_worded_as_in_the_circular() -> None:
    assert [group["name"] for group in law().body["groups"]] == [
        "Nhóm sản phẩm thủ công mỹ nghệ",
        "Nhóm sản phẩm chế biến nông, lâm, thủy sản và thực phẩm",
        "Nhóm sản phẩm về thiết bị, máy móc, dụng cụ và phụ tùng cơ khí",
        "Nhóm các sản phẩm khác",
    ]


def test_a_round_gets_what_its_rooms_ask_for(frozen: Frozen) -> None:
    clocks = {name: clock["working_days"] for name, clock in frozen["clocks"].items()}

    assert frozen["council_sizes"] == [7, 9]
    assert frozen["council"] == {"quorum": "2/3", "approve_over": "1/2"}
    assert frozen["panel"] == {"odd_required": True}
    assert clocks == {"complaint_filing": 15, "complaint_answer": 10}
    assert frozen["pass_mark"] == "70"
    assert frozen["rule_set"]["code"] == "VBHN46-2025"


@pytest.mark.parametrize(("last", "passed"), [("10", True), ("9.99", False)])
def test_the_ranking_reads_the_frozen_rules(frozen: Frozen, last: str, passed: bool) -> None:
    scores = {"C1": "30", "C2": "25", "C3": "5", "C4": last}
    entry = {"id": "SP-1", "group": "1", "sheets": [{"judge": "GK-1", "status": "locked", "scores": scores}]}

    (line,) = rank({"rules": frozen["ranking"], "entries": [entry]})["entries"]

    assert line["passed"] is passed


def test_the_copy_has_a_digest_and_shares_nothing_with_the_law() -> None:
    source = law()
    copy = freeze(source, "province")
    before = digest(source.body)

    copy["criteria"][0]["max"] = "1"
    copy["level"]["council_sizes"].append(1)

    assert digest(copy).startswith("sha256:")
    assert digest(source.body) == before


def test_only_the_basis_in_force_on_the_day_is_cited() -> None:
    source = law()
    source.legal_basis.append({"number": "1/2030/TT-BCT", "effective_from": "2030-01-01"})

    numbers = [line["number"] for line in freeze(source, "province", on=date(2026, 1, 1))["rule_set"]["legal_basis"]]

    assert "235/2025/NĐ-CP" in numbers
    assert "1/2030/TT-BCT" not in numbers


def test_a_level_that_the_law_of_the_day_does_not_know_is_refused() -> None:
    with pytest.raises(UnknownLevel, match="commune"):
        freeze(law("TT26-2014"), "commune")


@pytest.mark.parametrize(("mark", "kept"), [("70", "70"), ("75", "75"), ("72,5", "72.5"), (Decimal("72.50"), "72.5")])
def test_the_pass_mark_may_rise(frozen: Frozen, mark: object, kept: str) -> None:
    chosen = tighten(frozen, {"pass_mark": mark})

    assert (chosen["pass_mark"], chosen["ranking"]["pass_mark"]) == (kept, kept)
    assert frozen["pass_mark"] == "70"


@pytest.mark.parametrize("mark", ["69,99", "0", "100,01", "7e1", "-70", "", None, 70.0])
def test_the_pass_mark_never_falls(frozen: Frozen, mark: object) -> None:
    with pytest.raises(RuleLoosened, match="Điểm đạt"):
        tighten(frozen, {"pass_mark": mark})


def test_the_refusal_names_law_and_choice(frozen: Frozen) -> None:
    with pytest.raises(RuleLoosened, match=r"luật định 70 .* đã nhập 65,5") as refusal:
        tighten(frozen, {"pass_mark": "65,5"})

    assert refusal.value.facts == {"law": "70", "chosen": "65.5"}


def test_a_round_keeps_the_higher_mark_it_already_has(frozen: Frozen) -> None:
    raised = tighten(frozen, {"pass_mark": "80"})

    with pytest.raises(RuleLoosened):
        tighten(raised, {"pass_mark": "75"})


def test_sub_criteria_that_add_up_stand_under_their_criterion(frozen: Frozen) -> None:
    chosen = tighten(frozen, {"parts": law().body["sample_frame"]["parts"]})

    assert [len(criterion["parts"]) for criterion in chosen["criteria"]] == [4, 4, 2, 1]
    assert chosen["ranking"] == frozen["ranking"]


@pytest.mark.parametrize("points", [["20", "19,9"], ["20", "20,1"], ["40", "0"]])
def test_sub_criteria_must_add_up(frozen: Frozen, points: list[str]) -> None:
    parts = [{"code": f"1.{i}", "label": "Nội dung", "max": most} for i, most in enumerate(points, 1)]

    with pytest.raises(RuleLoosened, match="C1"):
        tighten(frozen, {"parts": {"C1": parts}})


def test_two_sub_criteria_never_share_a_code(frozen: Frozen) -> None:
    twice = {"C3": [{"code": "x", "label": "A", "max": "10"}], "C4": [{"code": "x", "label": "B", "max": "10"}]}

    with pytest.raises(RuleLoosened, match="cùng mã"):
        tighten(frozen, {"parts": twice})


def test_what_the_law_leaves_open_the_province_decides(frozen: Frozen) -> None:
    choices = {
        "council": {"quorum": "3/4", "approve_over": "2/3"},
        "panel": {"min_judges": 5},
        "tie_break": ["C2", "C1"],
        "quota": {"1": 10, "total": 30},
        "awards": [{"name": "Xuất sắc"}],
    }

    chosen = tighten(frozen, choices)

    assert chosen["council"] == {"quorum": "3/4", "approve_over": "2/3"}
    assert chosen["panel"] == {"odd_required": True, "min_judges": 5}
    assert chosen["ranking"]["tie_break"] == ["C2", "C1"]
    assert (chosen["quota"], chosen["awards"]) == ({"1": 10, "total": 30}, [{"name": "Xuất sắc"}])


@pytest.mark.parametrize(
    "choice",
    [
        {"criteria": []},
        {"council_sizes": [3]},
        {"clocks": {}},
        {"validity": {"years": 9}},
        {"ranking": {"aggregate": {"over": "sheet", "method": "median"}}},
        {"groups": []},
        {"parts": {"C9": []}},
        {"parts": {"C1": "x"}},
        {"parts": {"C1": [{"code": "", "label": "x", "max": "40"}]}},
        {"parts": []},
        {"council": {"quorum": "0"}},
        {"council": {"quorum": "5/4"}},
        {"council": {"approve_over": "1"}},
        {"council": {"approve_over": "1/0"}},
        {"council": {"casting_vote": "1/2"}},
        {"panel": {"odd_required": False}},
        {"panel": {"min_judges": True}},
        {"tie_break": ["C1", "C1"]},
        {"tie_break": "C1"},
        {"quota": {"9": 1}},
        {"quota": {"1": -1}},
        {"awards": [{}]},
        {"awards": "x"},
        {"tell_scores": "on"},
        {"tell_scores": 1},
    ],
)
def test_everything_else_is_refused_and_changes_nothing(frozen: Frozen, choice: dict[str, Any]) -> None:
    before = digest(frozen)

    with pytest.raises(RuleLoosened):
        tighten(frozen, choice)
    assert digest(frozen) == before


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("criteria", 0, "max"), "41"),
        (("criteria", 1, "code"), "C1"),
        (("pass_mark",), "101"),
        (("pass_mark",), 70),
        (("defaults", "tie_break"), ["C9"]),
        (("levels", 1, "council_sizes"), []),
        (("levels", 1, "code"), "region"),
        (("validity", "years"), 0),
        (("sample_frame", "is_sample"), False),
        (("sample_frame", "parts", "C4"), []),
        (("sample_frame",), {"is_sample": True}),
        (("clocks",), {}),
    ],
)
def test_a_rule_set_that_contradicts_itself_is_refused(place: tuple[Any, ...], value: object) -> None:
    body = deepcopy(law().body)
    *way, last = place
    inner: Any = body
    for step in way:
        inner = inner[step]
    inner[last] = value

    with pytest.raises(BadRuleSet):
        check_body(body)


def test_facilities_see_no_marks_unless_the_round_says_so(frozen: Frozen) -> None:
    assert frozen["tell_scores"] is False
    assert tighten(frozen, {"tell_scores": True})["tell_scores"] is True
