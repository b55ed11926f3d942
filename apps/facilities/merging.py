"""Two facilities that are one become one: what was typed twice is chosen, what hangs on them moves, nothing is lost.

Rows of the rooms above keep pointing to the merged facility; `Facility.survivor` and `family` lead between the two.
"""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from apps.accounts.models import Person
from apps.facilities.events import FacilityEvent
from apps.facilities.models import AgentKind, DistinctPair, Facility, FacilityAgent, FacilityYear, Product
from apps.facilities.services.figures import figures_of, store_figures
from apps.facilities.services.registering import COMPARE_FACILITIES, apply_values, typed_of
from apps.facilities.states import MOVES
from tieubieu.audit.services import record
from tieubieu.errors import DomainError, WrongState
from tieubieu.lib.text import fold
from tieubieu.moves import move
from tieubieu.outbox.services import emit

Moved = dict[str, list[str]]


@transaction.atomic
def merge_facilities(
    survivor_id: UUID,
    merged_id: UUID,
    *,
    taken: Collection[str],
    years_taken: Collection[int],
    versions: tuple[int, int],
    actor: Person,
) -> Facility:
    """Merge `merged_id` into `survivor_id`; final. `taken` are the fields, `years_taken` the years, for which the
    merged one's value holds; `versions` those of survivor and merged that the person looked at.

    Taking the tax code swaps the two codes, so that both still lead here. Raises `WrongState` when one of them was
    merged or changed meanwhile, and `DomainError` for a facility and itself.
    """
    survivor, merged = _lock(survivor_id, merged_id)
    if (survivor.version, merged.version) != versions:
        raise WrongState("Một trong hai cơ sở vừa được sửa; xin đối chiếu lại trước khi gộp.")
    values = {name: getattr(merged, name) for name in taken if name in typed_of(merged)}
    codes = survivor.tax_code, merged.tax_code
    move(merged, "merge", MOVES, field="standing")
    merged.merged_into = survivor
    if "tax_code" in values:
        _step_aside(merged)
    moved = _move_all(survivor, merged)
    years = _choose_years(survivor, merged, years_taken, actor)
    facts = {"other": merged.name, "other_id": merged.pk, "other_tax_code": codes[1], "moved": moved, "years": years}
    if not apply_values(survivor, values, event=FacilityEvent.TOOK_IN, actor=actor, **facts):
        record(FacilityEvent.TOOK_IN, survivor, actor=actor, **facts)
    merged.tax_code = codes[0] if "tax_code" in values else codes[1]
    merged.save()
    record(FacilityEvent.MERGED, merged, actor=actor, other=survivor.name, other_id=survivor.pk)
    emit(COMPARE_FACILITIES, facility_ids=[survivor.pk])
    return survivor


@transaction.atomic
def find_distinct(first_id: UUID, second_id: UUID, *, actor: Person) -> None:
    """Say that two facilities which look alike are two; asking again changes nothing."""
    first, second = sorted(Facility.objects.filter(pk__in=[first_id, second_id]), key=lambda facility: facility.pk)
    pair = DistinctPair(first=first, second=second, decided_by=actor)
    if DistinctPair.objects.filter(first=first, second=second).exists():
        return
    pair.save()
    record(FacilityEvent.FOUND_DISTINCT, first, actor=actor, other=second.name, other_id=second.pk)
    record(FacilityEvent.FOUND_DISTINCT, second, actor=actor, other=first.name, other_id=first.pk)


def _lock(survivor_id: UUID, merged_id: UUID) -> tuple[Facility, Facility]:
    if survivor_id == merged_id:
        raise DomainError("Không gộp được một cơ sở với chính nó.")
    rows = Facility.objects.select_for_update(no_key=True).filter(pk__in=[survivor_id, merged_id]).order_by("pk")
    found = {row.pk: row for row in rows}
    survivor, merged = found[survivor_id], found[merged_id]
    if survivor.merged_into_id or merged.merged_into_id:
        raise WrongState("Một trong hai cơ sở đã được gộp trước đó; xin mở lại danh sách.")
    return survivor, merged


def _step_aside(merged: Facility) -> None:
    """A code belongs to one row at a time, also in the middle of a swap."""
    Facility.objects.filter(pk=merged.pk).update(tax_code=merged.pk.hex[:14])


def _move_all(survivor: Facility, merged: Facility) -> Moved:
    merged.merged_from.update(merged_into=survivor)
    return {"products": _move_products(survivor, merged), "agents": _move_agents(survivor, merged)}


def _move_products(survivor: Facility, merged: Facility) -> list[str]:
    twins = {fold(product.name): product for product in survivor.products.select_for_update(no_key=True)}
    moved = []
    for product in merged.products.select_for_update(no_key=True):
        twin = twins.get(fold(product.name))
        if twin is not None:
            Product.objects.filter(same_as=product).update(same_as=twin)
            product.same_as = twin
        elif product.same_as_id is None:
            product.facility = survivor
            moved.append(str(product.pk))
        product.save(update_fields=["facility", "same_as"])
    return moved


def _move_agents(survivor: Facility, merged: Facility) -> list[str]:
    """A person who acts for both keeps the stronger of the two."""
    there = {agent.person_id: agent for agent in survivor.agents.select_for_update(no_key=True)}
    moved = []
    for agent in merged.agents.select_for_update(no_key=True):
        twin = there.get(agent.person_id)
        if twin is None:
            agent.facility = survivor
            agent.save(update_fields=["facility"])
            moved.append(str(agent.pk))
        elif agent.approved_at:
            _strengthen(twin, agent)
    return moved


def _strengthen(twin: FacilityAgent, by: FacilityAgent) -> None:
    if not twin.approved_at:
        twin.approved_at, twin.approved_by, twin.refused_at = by.approved_at, by.approved_by, None
        twin.kind = by.kind
    elif by.kind == AgentKind.OWNER:
        twin.kind = by.kind
    twin.save()


def _choose_years(survivor: Facility, merged: Facility, taken: Collection[int], actor: Person) -> list[int]:
    """Years that only the merged one has move; of a year that both have, the chosen figures hold."""
    there = {row.year: row for row in survivor.years.all()}
    moved = []
    for row in merged.years.all():
        mine = there.get(row.year)
        if mine is None:
            FacilityYear.objects.filter(pk=row.pk).update(facility=survivor)
            moved.append(row.year)
        elif row.year in taken:
            store_figures(survivor, row.year, mine, figures_of(row), actor=actor)
    return moved


def differing(first: Facility, second: Facility) -> dict[str, tuple[Any, Any]]:
    """The fields that the two say differently: what a merge has to choose."""
    theirs: Mapping[str, Any] = typed_of(second)
    return {name: (value, theirs[name]) for name, value in typed_of(first).items() if value != theirs[name]}


def differing_years(first: Facility, second: Facility) -> dict[int, tuple[FacilityYear, FacilityYear]]:
    """The years of which the two have different figures."""
    theirs = {row.year: row for row in second.years.all()}
    both = {row.year: (row, theirs[row.year]) for row in first.years.all() if row.year in theirs}
    return {year: rows for year, rows in both.items() if figures_of(rows[0]) != figures_of(rows[1])}
