"""The demo nation's rounds against the published figures, counted with exact fractions."""

import json
import unicodedata
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from apps import demo
from apps.demo.casting import PASS_MARK, SLUGS, Play, cast
from apps.judging.ranking import rank
from tenants import reference
from tieubieu.lib import taxcode
from tieubieu.lib.canonical import digest
from tieubieu.lib.text import clean_name

DATA = Path(demo.__file__).parent / "data"
COMMUNES = json.loads((Path(reference.__file__).parent / "data" / "communes.json").read_text())["units"]
MOST = {"C1": 40, "C2": 40, "C3": 10, "C4": 10}
RULES = {
    "criteria": [{"code": code, "max": str(most), "weight": "1"} for code, most in MOST.items()],
    "aggregate": {"over": "sheet", "method": "mean"},
    "rounding": {"stage": "none"},
    "pass_mark": "70",
    "tie_break": ["C1", "C2", "C3"],
}


@pytest.fixture(scope="module", params=SLUGS)
def play(request: pytest.FixtureRequest) -> Play:
    return cast(request.param)


def ranked(play: Play) -> dict[str, dict]:
    entries = []
    for entry in play.entries:
        sheets = []
        for judge in play.judges:
            pair = (judge.key, entry.key)
            aside = play.set_aside.get(pair)
            status = aside.status if aside else "locked"
            sheets.append({"judge": judge.key, "status": status, "scores": dict(play.marks.get(pair, {}))})
        entries.append({"id": entry.key, "group": entry.group, "sheets": sheets})
    return {line["id"]: line for line in rank({"rules": RULES, "entries": entries})["entries"]}


def pencil_mean(play: Play, entry: str) -> Fraction:
    sheets = [marks for (_, of), marks in play.marks.items() if of == entry]
    return Fraction(sum(Fraction(value) for sheet in sheets for value in sheet.values()), len(sheets))


def owner(play: Play, key: str) -> str:
    return next(e.tax_code for e in play.entries if key in (e.key, e.merge_into))


@pytest.mark.parametrize(
    ("slug", "entered", "passed", "candidates", "recognised", "nominated"),
    [
        ("thainguyen", 43, 43, 43, 30, 0),
        ("khanhhoa", 75, 54, 35, 35, 14),
        ("dongthap", 65, 50, 50, 28, 0),
        ("daklak", 15, 15, 15, 15, 11),
    ],
)
def test_the_counts_are_the_published_ones(
    slug: str, entered: int, passed: int, candidates: int, recognised: int, nominated: int
) -> None:
    play = cast(slug)
    means = {entry.key: pencil_mean(play, entry.key) for entry in play.entries}
    over = [entry for entry in play.entries if means[entry.key] >= PASS_MARK]

    assert (len(means), len(over)) == (entered, passed)
    assert len({entry.merge_into or entry.key for entry in over}) == candidates
    assert (len(play.selected), len(play.nominated)) == (recognised, nominated)


def test_what_was_published_stands_in_the_data(play: Play) -> None:
    counted = {
        "entered": len(play.entries),
        "passed": sum(play.mean(e.key) >= PASS_MARK for e in play.entries),
        "facilities": len(play.facilities),
        "after_merging": len({e.merge_into or e.key for e in play.entries if e.passes}),
        "recognised": len(play.selected),
        "recognised_facilities": len({owner(play, key) for key in play.selected}),
        "nominated": len(play.nominated),
    }

    assert {name: counted[name] for name in play.published} == play.published


def test_the_ranking_agrees_with_the_pencil(play: Play) -> None:
    results = ranked(play)

    assert {key: Fraction(line["total_exact"]) for key, line in results.items()} == {
        entry.key: pencil_mean(play, entry.key) for entry in play.entries
    }
    assert {key for key, line in results.items() if line["passed"]} == {e.key for e in play.entries if e.passes}


def test_somebody_ties_and_somebody_is_parted_by_the_first_criterion(play: Play) -> None:
    results = ranked(play)
    totals = Counter((line["group"], line["total_exact"]) for line in results.values())
    shared = {(line["group"], line["total_exact"]) for line in results.values() if line["tied"]}

    assert sum(line["tied"] for line in results.values()) >= 2
    assert any(totals[place] > 2 for place in shared)


def test_one_entry_stands_exactly_on_the_pass_mark(play: Play) -> None:
    assert Fraction(PASS_MARK) in {pencil_mean(play, entry.key) for entry in play.entries}


def test_one_entry_misses_the_mark_by_half_a_point_on_one_sheet() -> None:
    closest = max(pencil_mean(cast("khanhhoa"), e.key) for e in cast("khanhhoa").entries if not e.passes)

    assert closest == 70 - Fraction(1, 14)


def test_every_judge_either_marks_an_entry_or_is_set_aside(play: Play) -> None:
    pairs = {(judge.key, entry.key) for judge in play.judges for entry in play.entries}

    assert len(play.judges) == 7
    assert set(play.marks) | set(play.set_aside) == pairs
    assert set(play.marks) & set(play.set_aside) == set()
    assert {aside.status for aside in play.set_aside.values()} == {"recused", "absent"}
    assert all(aside.reason for aside in play.set_aside.values())


def test_marks_are_half_points_within_each_criterion(play: Play) -> None:
    for scores in play.marks.values():
        assert set(scores) == set(MOST)
        assert all(0 <= Fraction(value) <= MOST[code] for code, value in scores.items())
        assert all((Fraction(value) * 2).denominator == 1 for value in scores.values())


def test_judges_do_not_all_think_alike(play: Play) -> None:
    for entry in play.entries:
        seen = {tuple(play.marks[j.key, entry.key].values()) for j in play.judges if (j.key, entry.key) in play.marks}
        assert len(seen) > 1


def test_sets_join_passed_entries_of_one_facility_and_group() -> None:
    play = cast("khanhhoa")
    entries = {entry.key: entry for entry in play.entries}

    assert len(play.sets) == 16
    for found in play.sets:
        members = [entries[key] for key in found.members]
        assert len(members) >= 2
        assert len({(m.tax_code, m.group) for m in members}) == 1
        assert all(m.passes for m in members)
        assert found.set_case in {"a", "b", "c"}


def test_only_what_passed_is_selected_and_only_what_is_selected_is_nominated(play: Play) -> None:
    passed = {e.merge_into or e.key for e in play.entries if e.passes}

    assert set(play.selected) <= passed
    assert set(play.nominated) <= set(play.selected)
    assert len(set(play.selected)) == len(play.selected)


def test_facilities_stand_in_real_communes_of_their_province(play: Play) -> None:
    known = {code: (name, parent) for code, name, _, parent in COMMUNES}

    for facility in play.facilities:
        name, parent = known[facility.commune_code]
        assert parent == play.province_code
        assert name in facility.address


def test_everything_invented_says_so(play: Play) -> None:
    assert all("(dữ liệu minh họa)" in facility.name for facility in play.facilities)
    assert all("(minh họa)" in facility.representative for facility in play.facilities)
    assert all("(minh họa)" in judge.name for judge in play.judges)
    assert all("hư cấu" in entry.description for entry in play.entries)
    assert all("(dữ liệu minh họa)" in found.name for found in play.sets)
    assert "(dữ liệu minh họa)" in play.round_name
    assert play.source


def test_tax_codes_are_sound_and_from_a_range_nobody_has() -> None:
    codes = [facility.tax_code for slug in SLUGS for facility in cast(slug).facilities]

    assert len(set(codes)) == len(codes)
    assert all(code.startswith("99") and taxcode.check(code).warning is None for code in codes)


def test_names_are_clean_and_not_used_twice(play: Play) -> None:
    names = [(entry.tax_code, entry.name) for entry in play.entries]
    people = [judge.name for judge in play.judges]

    assert all(clean_name(name) == name for _, name in names)
    assert all(len(facility.name) <= 250 and clean_name(facility.name) == facility.name for facility in play.facilities)
    assert len(set(names)) == len(names)
    assert len(set(people)) == len(people)


def test_groups_and_sets_are_legal(play: Play) -> None:
    assert {entry.group for entry in play.entries} <= {"1", "2", "3", "4"}
    for entry in play.entries:
        assert (entry.kind == "set") == (len(entry.items) > 1) == bool(entry.set_case)


def test_the_same_slug_casts_the_same_play(play: Play) -> None:
    assert cast(play.province) == play


def test_the_marks_are_the_same_on_every_machine() -> None:
    marks = [[*pair, dict(scores)] for pair, scores in cast("khanhhoa").marks.items()]

    assert digest(marks) == "sha256:938ba2c5125bb64bcb9fd4a2906dfe55dae1613d61dd8e3aad9152baafaa07ad"


def test_an_unknown_province_has_no_play() -> None:
    with pytest.raises(KeyError):
        cast("../secrets")


@pytest.mark.parametrize("path", sorted(DATA.rglob("*.json")), ids=lambda path: path.stem)
def test_every_file_is_composed_text_and_names_its_source(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert unicodedata.is_normalized("NFC", text)
    assert json.loads(text)["source"]
    assert "demo" in json.loads(text)


def test_the_history_of_dak_lak_is_what_was_published() -> None:
    history = json.loads((DATA / "daklak_history.json").read_text())
    latest = history["cumulative"][-1]

    assert [latest[level] for level in ("province", "region", "nation")] == [61, 31, 10]
    assert [producer["name"] for producer in history["producers"]] == [
        "Công ty TNHH Cacao Nam Trường Sơn",
        "Damaca Nguyên Phương",
    ]
    assert [(found["year"], found["name"]) for found in history["national_sets"]] == [
        (2021, "cà phê An Thái"),
        (2021, "Trung Hòa"),
    ]
