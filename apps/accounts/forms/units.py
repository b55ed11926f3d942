"""What an administrator types about a unit."""

from collections.abc import Mapping
from typing import Any

from django import forms

from apps.accounts.forms.people import UnitSelect
from tenants.reference.models import AdministrativeUnit
from tieubieu.ui.fields import SafeCharField


class UnitForm(forms.Form):
    name = SafeCharField(label="Tên đơn vị", max_length=200, help_text="Ví dụ: UBND xã Ea Kao.")
    commune_code = forms.ChoiceField(
        label="Xã, phường, đặc khu",
        required=False,
        widget=UnitSelect(),
        help_text="Chỉ chọn khi đơn vị là của một xã, phường, đặc khu; cán bộ cấp xã của đơn vị làm việc cho nơi đó.",
    )

    def __init__(self, *args: Any, communes: Mapping[str, AdministrativeUnit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [(code, unit.full_name) for code, unit in communes.items()]
        self.fields["commune_code"].choices = [("", "Không thuộc xã nào"), *places]  # type: ignore[attr-defined]
