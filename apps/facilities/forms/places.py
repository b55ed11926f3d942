"""Choosing a commune among those of the province, and a craft village among those on the list."""

from collections.abc import Mapping
from typing import Any

from django import forms

from apps.facilities.models import CraftVillage
from tenants.reference.models import AdministrativeUnit

NOT_CHOSEN = ("", "– Chọn –")


class PlaceSelect(forms.Select):
    """A plain list that a script turns into one with a search box."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"data-search": "Gõ tên để tìm", **(attrs or {})})


def commune_field(units: Mapping[str, AdministrativeUnit], *, only: str = "", required: bool = True) -> forms.Field:
    """The communes, wards and special zones in Vietnamese order; `only` leaves a commune's officer the own one."""
    choices = [(code, unit.full_name) for code, unit in units.items() if not only or code == only]
    return forms.ChoiceField(
        label="Xã, phường, đặc khu",
        choices=choices if only else [NOT_CHOSEN, *choices],
        required=required,
        widget=PlaceSelect(),
    )


def village_field(units: Mapping[str, AdministrativeUnit]) -> forms.Field:
    """The craft villages with their commune, so that two of one name are told apart."""
    rows = CraftVillage.objects.values_list("pk", "name", "commune_code")
    choices = [(str(pk), f"{name} – {units[code].full_name if code in units else code}") for pk, name, code in rows]
    return forms.ChoiceField(
        label="Làng nghề được công nhận",
        choices=[("", "Không ở trong làng nghề"), *choices],
        required=False,
        widget=PlaceSelect(),
        help_text="Chỉ chọn khi cơ sở sản xuất ngay trong làng nghề.",
    )
