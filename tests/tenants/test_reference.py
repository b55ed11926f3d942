"""The public reference rows: loaded twice, asked about days."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from pytest_django import DjangoDbBlocker

from tenants.gateways import as_owner
from tenants.reference import queries
from tenants.reference.models import AdministrativeUnit, Holiday, RuleSet
from tenants.reference.services import load_all
from tieubieu.errors import DomainError
from tieubieu.lib.workdays import OutsideCalendar, add_working_days

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module", autouse=True)
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Loaded once and left there, as in any deployment; the tests themselves are rolled back."""
    with django_db_blocker.unblock(), as_owner():
        load_all()


@pytest.fixture(autouse=True)
def owner() -> Iterator[None]:
    with as_owner():
        yield


def name_of(unit: AdministrativeUnit | None) -> str | None:
    return unit and unit.full_name


def test_loading_again_changes_nothing() -> None:
    before = list(AdministrativeUnit.objects.order_by("pk").values())

    lines = [(line.label, line.given, line.unlisted) for line in load_all()]

    assert lines == [
        ("AdministrativeUnit", 3433, 0),
        ("Region", 3, 0),
        ("RegionMembership", 86, 0),
        ("Holiday", 92, 0),
        ("RuleSet", 4, 0),
    ]
    assert list(AdministrativeUnit.objects.order_by("pk").values()) == before


def test_loading_mends_what_was_changed_and_keeps_what_an_operator_added() -> None:
    AdministrativeUnit.objects.filter(code="66", valid_to=None).update(name="Dak Lak")
    Holiday.objects.create(date=date(2028, 1, 3), name="Nghỉ bù", kind="compensation", year=2028, source="thử")

    holidays = next(line for line in load_all() if line.label == "Holiday")

    assert name_of(queries.unit_on("66", TODAY)) == "Tỉnh Đắk Lắk"
    assert holidays.unlisted == 1
    assert Holiday.objects.filter(date=date(2028, 1, 3)).exists()


def test_the_command_says_what_it_loaded(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_reference")

    assert "AdministrativeUnit: 3433" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("code", "day", "name"),
    [
        ("24", date(2025, 6, 30), "Tỉnh Bắc Giang"),
        ("24", date(2025, 7, 1), "Tỉnh Bắc Ninh"),
        ("24", date(2026, 9, 20), "Thành phố Bắc Ninh"),
        ("46", date(2024, 12, 31), "Tỉnh Thừa Thiên Huế"),
        ("46", date(2025, 1, 1), "Thành phố Huế"),
        ("75", date(2026, 4, 29), "Tỉnh Đồng Nai"),
        ("75", date(2026, 4, 30), "Thành phố Đồng Nai"),
        ("54", date(2025, 6, 30), "Tỉnh Phú Yên"),
        ("54", date(2025, 7, 1), None),
        ("26368", date(2026, 4, 29), "Xã Long Thành"),
        ("26368", date(2026, 4, 30), "Phường Long Thành"),
        ("66", date(1999, 1, 1), None),
    ],
)
def test_a_code_means_what_it_meant_on_the_day(code: str, day: date, name: str | None) -> None:
    assert name_of(queries.unit_on(code, day)) == name


@pytest.mark.parametrize(
    ("code", "day", "name"),
    [
        ("54", date(2024, 1, 5), "Tỉnh Đắk Lắk"),
        ("66", date(2024, 1, 5), "Tỉnh Đắk Lắk"),
        ("24", date(2024, 1, 5), "Thành phố Bắc Ninh"),
        ("27", date(2024, 1, 5), "Thành phố Bắc Ninh"),
        ("46", date(2024, 1, 5), "Thành phố Huế"),
        ("01", date(2024, 1, 5), "Thành phố Hà Nội"),
        ("54", date(1999, 1, 1), None),
    ],
)
def test_history_finds_its_way_to_the_province_of_today(code: str, day: date, name: str | None) -> None:
    assert name_of(queries.successor_of(code, day, today=TODAY)) == name


def test_provinces_and_communes_come_in_vietnamese_order() -> None:
    provinces = [unit.name for unit in queries.provinces_on(TODAY)]

    assert len(provinces) == 34
    assert provinces[:8] == ["An Giang", "Bắc Ninh", "Cà Mau", "Cao Bằng", "Cần Thơ", "Đà Nẵng", "Đắk Lắk", "Điện Biên"]
    assert queries.communes_of("66", TODAY).count() == 102


@pytest.mark.parametrize(
    ("code", "day", "region"),
    [
        ("60", date(2024, 1, 1), "nam"),
        ("68", TODAY, "trung"),
        ("42", TODAY, "bac"),
        ("24", date(2024, 1, 1), "bac"),
        ("44", date(2024, 1, 1), "trung"),
        ("66", date(2012, 6, 1), None),
    ],
)
def test_regions_are_asked_with_a_day(code: str, day: date, region: str | None) -> None:
    found = queries.region_of(code, day)

    assert (found and found.code) == region


@pytest.mark.parametrize(("region", "count"), [("bac", 18), ("trung", 8), ("nam", 8)])
def test_a_region_lists_its_provinces(region: str, count: int) -> None:
    assert len(queries.provinces_of_region(region, TODAY)) == count


def test_fifteen_working_days_over_tet() -> None:
    notice = date(2026, 2, 10)

    assert add_working_days(notice, 15, queries.calendar(notice)) == date(2026, 3, 10)


def test_the_calendar_ends_where_the_data_end() -> None:
    with pytest.raises(OutsideCalendar, match="2028"):
        add_working_days(date(2027, 12, 20), 15, queries.calendar(date(2027, 12, 20)))
    with pytest.raises(OutsideCalendar, match="2031"):
        add_working_days(date(2031, 1, 4), 1, queries.calendar(date(2031, 1, 4)))


@pytest.mark.parametrize(
    ("start", "end", "provisional"),
    [
        (date(2026, 11, 2), date(2026, 12, 31), False),
        (date(2026, 12, 20), date(2027, 1, 1), True),
        (date(2027, 1, 4), date(2027, 1, 29), False),
    ],
)
def test_a_period_over_unannounced_holidays_is_known_as_such(start: date, end: date, provisional: bool) -> None:
    assert queries.rests_on_provisional_days(start, end) is provisional


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2014, 10, 21), "TT26-2014"),
        (date(2018, 8, 15), "TT26-2014"),
        (date(2018, 8, 16), "TT14-2018"),
        (date(2025, 6, 30), "TT14-2018"),
        (date(2025, 7, 1), "TT38-2025"),
        (date(2025, 10, 15), "VBHN46-2025"),
        (TODAY, "VBHN46-2025"),
    ],
)
def test_the_law_of_the_day(day: date, code: str) -> None:
    assert queries.rule_set_on(day).code == code


def test_before_the_circular_there_is_no_rule_set() -> None:
    with pytest.raises(queries.NoRuleSet, match="20/10/2014"):
        queries.rule_set_on(date(2014, 10, 20))


def test_a_round_freezes_the_law_of_its_plan() -> None:
    rules = queries.frozen_rules(date(2023, 3, 15), "province", {"pass_mark": "75"})

    assert rules["rule_set"]["code"] == "TT14-2018"
    assert rules["ranking"]["pass_mark"] == "75"


@pytest.mark.parametrize(("level", "choices"), [("province", {"pass_mark": "65"}), ("commune", {})])
def test_a_loosened_law_or_an_unknown_level_is_a_domain_error(level: str, choices: dict[str, str]) -> None:
    with pytest.raises(DomainError):
        queries.frozen_rules(date(2023, 3, 15), level, choices)


def test_a_rule_set_that_contradicts_itself_is_not_clean() -> None:
    rule_set = RuleSet.objects.get(code="VBHN46-2025")
    rule_set.body["criteria"][0]["max"] = "50"

    with pytest.raises(ValidationError, match="100"):
        rule_set.clean()
