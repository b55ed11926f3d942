"""How the score sheets are handed out."""

from typing import Any

from django import forms

from apps.rounds.models import Handing

MOST_JUDGES = 99
NO_NUMBER = "Xin ghi số giám khảo bằng chữ số, từ 1 trở lên, ví dụ 3."


class HandingForm(forms.Form):
    handing = forms.ChoiceField(label="Cách giao phiếu", choices=Handing.choices, widget=forms.RadioSelect)
    judges_per_entry = forms.IntegerField(
        label="Số giám khảo chấm mỗi hồ sơ",
        required=False,
        min_value=1,
        max_value=MOST_JUDGES,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text="Bắt buộc khi phân công cân đối. Nên là số lẻ, như Ban Giám khảo có số lẻ thành viên (Điều 11).",
        error_messages={"invalid": NO_NUMBER, "min_value": NO_NUMBER, "max_value": "Nhiều nhất 99 giám khảo."},
    )
    by_expertise = forms.BooleanField(
        label="Theo chuyên môn",
        required=False,
        help_text="Chỉ khi phân công cân đối. Giám khảo chỉ chấm nhóm sản phẩm đã ghi; ai chưa ghi thì chấm mọi nhóm.",
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        is_missing = given.get("judges_per_entry") is None and "judges_per_entry" not in self.errors
        if given.get("handing") == Handing.BALANCED and is_missing:
            self.add_error("judges_per_entry", NO_NUMBER)
        return given
