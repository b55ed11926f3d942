"""From the data files to unsaved rows. Reads files only: nothing here asks the database."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from tenants.reference.bodies import check_body
from tenants.reference.models import AdministrativeUnit, Holiday, Region, RegionMembership, RuleSet

DATA = Path(__file__).parent / "data"
ONE_DAY = timedelta(days=1)


def document(name: str) -> dict[str, Any]:
    """One data file as it is written; each has a `source`."""
    found: dict[str, Any] = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    return found


def units() -> list[AdministrativeUnit]:
    """Provinces of before and after the merger, and the communes with their later changes of kind."""
    found = [*_provinces(), *_communes()]
    for unit in found:
        unit.key_names()
    return found


def regions() -> list[Region]:
    return [Region(**line) for line in document("regions")["regions"]]


def memberships() -> list[RegionMembership]:
    told = ("region_code", "province_code", "source", "is_derived")
    return [
        RegionMembership(**{name: line[name] for name in told}, **_range(line))
        for line in document("regions")["memberships"]
    ]


def holidays() -> list[Holiday]:
    return [
        Holiday(**{**line, "date": (day := date.fromisoformat(line["date"])), "year": day.year})
        for line in document("holidays")["days"]
    ]


def rule_sets() -> list[RuleSet]:
    """The legal rule sets, each checked; raises `BadRuleSet`."""
    found = [_rule_set(line) for line in document("rule_sets")["rule_sets"]]
    for rule_set in found:
        check_body(rule_set.body)
    return found


def _provinces() -> Iterator[AdministrativeUnit]:
    for line in document("provinces")["units"]:
        yield AdministrativeUnit(**{**line, **_range(line)})


def _communes() -> Iterator[AdministrativeUnit]:
    told = document("communes")
    change_of = {code: change for change in told["changes"] for code in change["codes"]}
    unit = partial(AdministrativeUnit, legal_basis=told["legal_basis"])
    start = date.fromisoformat(told["valid_from"])
    for code, name, kind, parent in told["units"]:
        first = unit(code=code, name=name, kind=kind, parent_code=parent, valid_from=start)
        yield first
        if change := change_of.get(code):
            yield _next(first, change)


def _next(before: AdministrativeUnit, change: dict[str, Any]) -> AdministrativeUnit:
    """The unit after a change of kind; `before` is ended on the day before it."""
    start = date.fromisoformat(change["from"])
    before.valid_to = start - ONE_DAY
    return AdministrativeUnit(
        code=before.code,
        name=before.name,
        kind=change["kind"],
        parent_code=before.parent_code,
        valid_from=start,
        merged_from=[{"code": before.code, "name": before.full_name}],
        legal_basis=change["legal_basis"],
        to_be_confirmed=change.get("to_be_confirmed", False),
    )


def _rule_set(line: dict[str, Any]) -> RuleSet:
    start, end = _day(line["effective_from"]), _day(line["effective_to"])
    return RuleSet(**{**line, "effective_from": start, "effective_to": end})


def _range(line: dict[str, Any]) -> dict[str, date | None]:
    return {"valid_from": _day(line["valid_from"]), "valid_to": _day(line["valid_to"])}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
