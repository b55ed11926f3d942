"""An entry in the list of recognised craft villages."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone

from apps.facilities.forms.places import commune_field
from tenants.reference.models import AdministrativeUnit
from tieubieu.ui.fields import SafeCharField


class VillageForm(forms.Form):
    name = SafeCharField(label="Tên làng nghề", max_length=200)
    decision = SafeCharField(label="Quyết định công nhận", max_length=120, help_text="Ví dụ: 2150/QĐ-UBND")
    recognised_on = forms.DateField(label="Ngày công nhận", help_text="Ngày/tháng/năm")
    ended_on = forms.DateField(
        label="Thôi công nhận từ ngày", required=False, help_text="Ngày/tháng/năm; để trống khi còn được công nhận."
    )

    def __init__(self, *args: Any, units: Mapping[str, AdministrativeUnit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commune_code"] = commune_field(units)
        self.order_fields(("name", "commune_code", "decision", "recognised_on", "ended_on"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        start, end = cleaned.get("recognised_on"), cleaned.get("ended_on")
        if start and start > timezone.localdate():
            self.add_error("recognised_on", "Ngày công nhận không thể ở tương lai.")
        if start and end and end <= start:
            self.add_error("ended_on", "Ngày thôi công nhận phải sau ngày công nhận.")
        return cleaned
