"""The list of craft villages that the province recognised (làng nghề, khoản 1 Điều 1 NĐ 235/2025/NĐ-CP)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from apps.accounts.models import Person
from apps.facilities.events import VillageEvent
from apps.facilities.models import CraftVillage
from tieubieu.audit.services import record
from tieubieu.errors import DomainError
from tieubieu.lib.edits import changed
from tieubieu.names import safe_name

TYPED = ("name", "commune_code", "recognised_on", "decision", "ended_on")


@transaction.atomic
def list_village(values: Mapping[str, Any], *, actor: Person) -> CraftVillage:
    """Put a craft village on the list; raises `DomainError` for a name that its commune's list has."""
    village = CraftVillage(**_checked(values, but=None))
    village.save()
    record(VillageEvent.LISTED, village, actor=actor, commune=village.commune_code, decision=village.decision)
    return village


@transaction.atomic
def revise_village(village_id: UUID, values: Mapping[str, Any], *, actor: Person) -> CraftVillage:
    """Correct an entry, or say from which day the village is no longer recognised."""
    village = CraftVillage.objects.select_for_update(no_key=True).get(pk=village_id)
    now = _checked(values, but=village_id)
    changes = changed({name: getattr(village, name) for name in TYPED}, now)
    if changes:
        for name, value in now.items():
            setattr(village, name, value)
        village.save()
        record(VillageEvent.REVISED, village, actor=actor, changes=changes)
    return village


def _checked(values: Mapping[str, Any], *, but: UUID | None) -> dict[str, Any]:
    checked = {**values, "name": safe_name(values["name"])}
    if checked["ended_on"] and checked["ended_on"] <= checked["recognised_on"]:
        raise DomainError("Ngày thôi công nhận phải sau ngày công nhận.")
    same = CraftVillage.objects.filter(name=checked["name"], commune_code=checked["commune_code"]).exclude(
        pk__in=[but] if but else []
    )
    if same.exists():
        raise DomainError("Làng nghề này đã có trong danh sách của xã, phường, đặc khu ấy.")
    return checked
