"""The plan's document and its legal bases."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from tieubieu.lib.text import nfc

DAY_HELP = "Ngày/tháng/năm, ví dụ 05/01/2027"
BASIS_FIELDS = ("kind", "number", "issued_on", "effective_from", "issuer", "title")
BLANK_LINES = 2
MOST_BASES = 40


class PlanForm(forms.Form):
    """The plan as it came back signed."""

    number = forms.CharField(label="Số, ký hiệu kế hoạch", max_length=60, help_text="Ví dụ: 145/KH-UBND")
    issued_on = forms.DateField(
        label="Ngày ban hành", help_text=f"{DAY_HELP}. Kỳ bình chọn theo quy định có hiệu lực vào ngày này."
    )
    authority = forms.CharField(label="Cơ quan ban hành", max_length=200)
    file = forms.FileField(
        label="Tệp kế hoạch đã ký",
        required=False,
        allow_empty_file=True,
        help_text="PDF hoặc Word. Chọn tệp mới thì tệp cũ được thay; để trống thì giữ tệp cũ.",
    )

    def clean_issued_on(self) -> date:
        issued_on: date = self.cleaned_data["issued_on"]
        if issued_on > timezone.localdate():
            raise forms.ValidationError("Ngày ban hành không thể ở tương lai.")
        return issued_on


class BasisForm(forms.Form):
    """One text of the list. A line whose every box is empty is left out."""

    kind = forms.CharField(label="Loại", max_length=60, required=False)
    number = forms.CharField(label="Số, ký hiệu", max_length=60, required=False)
    issued_on = forms.DateField(label="Ngày ban hành", required=False)
    effective_from = forms.DateField(label="Hiệu lực từ", required=False)
    issuer = forms.CharField(label="Cơ quan ban hành", max_length=200, required=False)
    title = forms.CharField(label="Trích yếu", max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if any(given.values()) and not given.get("kind"):
            self.add_error("kind", "Xin ghi loại văn bản, ví dụ Quyết định.")
        if any(given.values()) and not (given.get("title") or given.get("number")):
            self.add_error("title", "Xin ghi số hoặc trích yếu của văn bản.")
        return given

    def item(self) -> dict[str, str]:
        """The line as it is kept; empty when nothing was typed."""
        given = {name: self.cleaned_data.get(name) for name in BASIS_FIELDS}
        if not any(given.values()):
            return {}
        return {
            name: value.isoformat() if isinstance(value, date) else nfc(value or "") for name, value in given.items()
        }


BasisLines = forms.formset_factory(
    BasisForm, extra=BLANK_LINES, max_num=MOST_BASES, absolute_max=MOST_BASES + BLANK_LINES, can_order=False
)
