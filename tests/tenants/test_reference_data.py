"""The data files against figures known from elsewhere. No database."""

import json
import sqlite3
import unicodedata
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tenants import reference
from tieubieu.lib.text import clean_name
from tieubieu.lib.workdays import WorkingCalendar

DATA = Path(reference.__file__).parent / "data"
FILES = sorted(DATA.glob("*.json"))

# Province code: communes, wards and special zones after the rearrangement of 2025, counted by another source.
COMMUNES = {
    "01": 126, "04": 56, "08": 124, "11": 45, "12": 38, "14": 75, "15": 99, "19": 92, "20": 65, "22": 54, "24": 99,
    "25": 148, "31": 114, "33": 104, "37": 129, "38": 166, "40": 130, "42": 69, "44": 78, "46": 40, "48": 94,
    "51": 96, "52": 135, "56": 65, "66": 102, "68": 124, "75": 95, "79": 168, "80": 96, "82": 102, "86": 124,
    "91": 102, "92": 103, "96": 64,
}  # fmt: skip


def told(name: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    return document


def alive(lines: list[dict[str, Any]], day: str) -> list[dict[str, Any]]:
    return [x for x in lines if x["valid_from"] <= day and (x["valid_to"] is None or x["valid_to"] >= day)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_is_composed_text_and_names_its_source(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert unicodedata.is_normalized("NFC", text)
    assert json.loads(text)["source"]


def test_the_communes_add_up_in_every_province() -> None:
    units = told("communes")["units"]

    assert Counter(parent for *_, parent in units) == COMMUNES
    assert Counter(kind for _, _, kind, _ in units) == {"commune": 2621, "ward": 687, "special_zone": 13}


def test_commune_codes_are_five_digits_and_given_once() -> None:
    codes = [code for code, *_ in told("communes")["units"]]

    assert len(set(codes)) == len(codes) == 3321
    assert all(len(code) == 5 and code.isdigit() for code in codes)


def test_commune_names_are_clean() -> None:
    assert [name for _, name, *_ in told("communes")["units"] if clean_name(name) != name] == []


def test_communes_agree_with_the_package_they_came_from() -> None:
    package = pytest.importorskip("vietnamadminunits")
    words = {"Xã": "commune", "Phường": "ward", "Đặc khu": "special_zone"}
    with sqlite3.connect(Path(package.__file__).parent / "data" / "dataset.db") as database:
        rows = database.execute("select wardCode, ward, provinceCode from admin_units").fetchall()

    assert {(code, name, parent) for code, name, parent in rows} == {
        (code, f"{word} {name}", parent)
        for code, name, kind, parent in told("communes")["units"]
        for word in words
        if words[word] == kind
    }


def test_later_wards_were_communes() -> None:
    kinds = {code: kind for code, _, kind, _ in told("communes")["units"]}
    changes = told("communes")["changes"]

    assert [(change["from"], len(change["codes"])) for change in changes] == [("2026-04-30", 10), ("2026-09-20", 12)]
    assert {kinds[code] for change in changes for code in change["codes"]} == {"commune"}


@pytest.mark.parametrize(
    ("day", "units", "cities"),
    [
        ("2014-10-21", 63, 5),
        ("2024-12-31", 63, 5),
        ("2025-01-01", 63, 6),
        ("2025-06-30", 63, 6),
        ("2025-07-01", 34, 6),
        ("2026-04-29", 34, 6),
        ("2026-04-30", 34, 7),
        ("2026-09-01", 34, 8),
        ("2026-09-20", 34, 9),
    ],
)
def test_there_are_63_and_then_34_provinces_each_code_once(day: str, units: int, cities: int) -> None:
    found = alive(told("provinces")["units"], day)

    assert len({unit["code"] for unit in found}) == len(found) == units
    assert sum(unit["kind"] == "central_city" for unit in found) == cities


def test_the_63_provinces_all_went_into_the_34() -> None:
    units = told("provinces")["units"]
    ended = {(u["code"], u["name"]) for u in units if u["valid_to"] == "2025-06-30"}
    formed = [u for u in units if u["valid_from"] == "2025-07-01"]

    assert len(formed) == 23
    assert {(part["code"], part["name"]) for u in formed for part in u["merged_from"]} == ended
    assert sum(len(u["merged_from"]) for u in formed) == len(ended) == 52


def test_no_province_has_a_gap_or_an_overlap_in_its_own_line() -> None:
    for unit in told("provinces")["units"]:
        if unit["merged_from"]:
            eve = (date.fromisoformat(unit["valid_from"]) - timedelta(days=1)).isoformat()
            before = {(u["code"], u["name"]) for u in told("provinces")["units"] if u["valid_to"] == eve}
            assert {(part["code"], part["name"]) for part in unit["merged_from"]} <= before


@pytest.mark.parametrize(
    ("day", "shares"),
    [
        ("2015-01-01", {"bac": 28, "trung": 15, "nam": 20}),
        ("2025-06-30", {"bac": 28, "trung": 15, "nam": 20}),
        ("2025-07-01", {"bac": 18, "trung": 8, "nam": 8}),
    ],
)
def test_every_province_of_the_day_stands_in_one_region(day: str, shares: dict[str, int]) -> None:
    members = alive(told("regions")["memberships"], day)
    provinces = {unit["code"] for unit in alive(told("provinces")["units"], day)}

    assert Counter(member["region_code"] for member in members) == shares
    assert {member["province_code"] for member in members} == provinces


def test_only_merged_provinces_have_a_derived_region() -> None:
    derived = [m for m in told("regions")["memberships"] if m["is_derived"]]

    assert len(derived) == 23
    assert {m["valid_from"] for m in derived} == {"2025-07-01"}
    assert all("Suy ra" in m["source"] for m in derived)


def span(first: str, last: str) -> list[date]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [start + timedelta(days=n) for n in range((end - start).days + 1)]


@pytest.fixture
def calendar() -> WorkingCalendar:
    days = [(date.fromisoformat(line["date"]), line["kind"]) for line in told("holidays")["days"]]
    return WorkingCalendar.of(
        (day for day, kind in days if kind != "swapped_workday"),
        (day for day, kind in days if kind == "swapped_workday"),
    )


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2022-01-29", "2022-02-06"),
        ("2022-09-01", "2022-09-04"),
        ("2023-01-20", "2023-01-26"),
        ("2023-04-29", "2023-05-03"),
        ("2024-02-08", "2024-02-14"),
        ("2024-04-27", "2024-05-01"),
        ("2024-08-31", "2024-09-03"),
        ("2025-01-25", "2025-02-02"),
        ("2025-04-30", "2025-05-04"),
        ("2025-08-30", "2025-09-02"),
        ("2026-01-01", "2026-01-04"),
        ("2026-02-14", "2026-02-22"),
        ("2026-04-25", "2026-04-27"),
        ("2026-04-30", "2026-05-03"),
        ("2026-08-29", "2026-09-02"),
        ("2026-11-24", "2026-11-24"),
    ],
)
def test_published_holidays_are_off_and_their_neighbours_are_not(
    calendar: WorkingCalendar, first: str, last: str
) -> None:
    days = span(first, last)

    assert [day for day in days if calendar.is_working_day(day)] == []
    eve, morrow = days[0] - timedelta(days=1), days[-1] + timedelta(days=1)
    assert [calendar.is_working_day(day) for day in (eve, morrow)] == [eve.weekday() < 5, morrow.weekday() < 5]


def test_exchanged_days_come_in_pairs() -> None:
    days = told("holidays")["days"]
    worked = [date.fromisoformat(line["date"]) for line in days if line["kind"] == "swapped_workday"]
    given = [line["date"] for line in days if "hoán đổi" in line["name"]]

    assert [day.isoformat() for day in worked] == ["2024-05-04", "2025-04-26", "2026-01-10", "2026-08-22"]
    assert {day.weekday() for day in worked} == {5}
    assert given == ["2024-04-29", "2025-05-02", "2026-01-02", "2026-08-31"]


def test_what_is_not_announced_yet_says_so() -> None:
    days = told("holidays")["days"]

    assert {line["date"][:4] for line in days if line.get("provisional")} == {"2027"}
    assert all(line.get("provisional") for line in days if line["date"] >= "2027")
