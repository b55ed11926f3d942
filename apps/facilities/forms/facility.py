"""The facility as an officer keeps it, as its proposer corrects it, and the part its people keep themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.urls import reverse

from apps.facilities.forms.places import commune_field, village_field
from apps.facilities.models import Facility, FacilityKind
from apps.facilities.queries import twins_of
from tenants.reference.models import AdministrativeUnit
from tieubieu.lib import taxcode
from tieubieu.lib.canonical import digest
from tieubieu.ui.fields import PhoneField, SafeCharField

TICK = "confirmed"
CONTACT = ("address", "representative", "contact_name", "phone", "email", "website")


@dataclass(frozen=True)
class Caution:
    """What should be checked before storing, and where to look."""

    text: str
    url: str = ""


class ContactForm(forms.Form):
    """What the facility's own people keep right."""

    address = SafeCharField(label="Địa chỉ sản xuất", max_length=300, help_text="Số nhà, đường hoặc thôn, buôn, ấp.")
    representative = SafeCharField(label="Người đại diện theo pháp luật", max_length=150, required=False)
    contact_name = SafeCharField(label="Người liên hệ", max_length=150, required=False)
    phone = PhoneField(label="Điện thoại", required=False)
    email = forms.EmailField(label="Thư điện tử", required=False, max_length=254)
    website = forms.URLField(
        label="Trang thông tin điện tử", required=False, max_length=200, assume_scheme="https",
        help_text="Ví dụ: https://cosothu.vn",
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)

    def values(self) -> dict[str, Any]:
        """The typed fields, without the page's own."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class FacilityForm(ContactForm):
    """All of it. A tax code whose check digit does not fit warns, as the old codes of households may.

    A warning does not refuse: the form is stored once the person ticks that it was checked. The tick holds for these
    very warnings; another value with another warning asks again.
    """

    field_order = ("name", "kind", "tax_code", "commune_code", "craft_village_id", *CONTACT)

    name = SafeCharField(label="Tên cơ sở", max_length=250, help_text="Như trên giấy đăng ký.")
    kind = forms.ChoiceField(label="Loại hình", choices=[("", "– Chọn –"), *FacilityKind.choices])
    tax_code = forms.CharField(
        label="Mã số thuế", max_length=30, help_text="10, 12 hoặc 13 chữ số, ví dụ 0100112437-001.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        units: Mapping[str, AdministrativeUnit],
        only: str = "",
        but: UUID | None = None,
        among: QuerySet[Facility] | None = None,
        **kwargs: Any,
    ) -> None:
        """`only` one commune may be chosen; `but` is the facility being edited; `among` are those that may be named
        as likely the same."""
        super().__init__(*args, **kwargs)
        self.but, self.among = but, among
        self.warnings: list[Caution] = []
        self.fields["commune_code"] = commune_field(units, only=only)
        self.fields["craft_village_id"] = village_field(units)
        self.order_fields(self.field_order)

    def clean_tax_code(self) -> str:
        """The normal form; refused when it is no code, or when the register has it already."""
        try:
            code = taxcode.check(self.cleaned_data["tax_code"]).normal
        except taxcode.InvalidTaxCode as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
        others = Facility.objects.exclude(pk__in=[self.but] if self.but else [])
        if others.filter(tax_code=code).exists():
            raise forms.ValidationError(f"Mã số thuế {code} đã có trong danh sách cơ sở.")
        return code

    def clean_craft_village_id(self) -> UUID | None:
        return UUID(chosen) if (chosen := self.cleaned_data["craft_village_id"]) else None

    @property
    def tick(self) -> str:
        """What the tick must say to stand for these warnings."""
        return digest([warning.text for warning in self.warnings])

    def is_ready(self) -> bool:
        """Whether the form is without errors, and without a warning that nobody ticked."""
        if not self.is_valid():
            return False
        self.warnings = self._find_warnings()
        return not self.warnings or self.data.get(TICK) == self.tick

    def _find_warnings(self) -> list[Caution]:
        warning = taxcode.check(self.cleaned_data["tax_code"]).warning
        return [*([Caution(warning)] if warning else []), *self._likely_twins()]

    def _likely_twins(self) -> list[Caution]:
        if self.among is None:
            return []
        typed = {name: self.cleaned_data[name] for name in ("name", "tax_code", "phone", "email")}
        return [
            Caution(
                f"Có thể đã ghi rồi: {found.name}, mã số thuế {found.tax_code} ({', '.join(pair.reasons)}).",
                reverse("facilities:facility", args=[found.pk]),
            )
            for found, pair in twins_of(self.among, **typed)
        ]
