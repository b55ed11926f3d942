"""The limits of a company's size, written down for a period."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField

from apps.facilities.services.limits import Period
from tieubieu.ui.fields import PlainDecimalField, SafeCharField

MEASURES = ("workers", "revenue", "capital")


class LimitsForm(forms.Form):
    """The sizes are those that the law of today names, each with its three limits in a box of its own."""

    effective_from = forms.DateField(label="Áp dụng từ ngày", help_text="Ngày/tháng/năm")
    effective_to = forms.DateField(
        label="Đến hết ngày", required=False, help_text="Ngày/tháng/năm; để trống khi chưa có văn bản thay thế."
    )
    basis = SafeCharField(
        label="Căn cứ", max_length=200, help_text="Điều, khoản, văn bản; hiện trong lý do xét từng doanh nghiệp."
    )
    is_compared = forms.BooleanField(
        label="Các mức trên đã được đối chiếu với bản gốc của văn bản nêu ở căn cứ",
        required=False,
        help_text="Chưa đánh dấu thì các mức vẫn ghi là mẫu, cần đối chiếu.",
    )

    def __init__(self, *args: Any, sizes: Sequence[Mapping[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sizes = sizes
        for size in sizes:
            code, name = size["code"], size["name"]
            self.fields[f"{code}_workers"] = forms.IntegerField(
                label=f"{name.capitalize()}: lao động (người)",
                min_value=1,
                max_value=1_000_000,
                initial=size["workers"],
            )
            for measure, word in (("revenue", "doanh thu"), ("capital", "nguồn vốn")):
                self.fields[f"{code}_{measure}"] = PlainDecimalField(
                    label=f"{name.capitalize()}: {word} (triệu đồng)", digits=14, places=2, initial=size[measure]
                )

    def rows(self) -> list[list[BoundField]]:
        """The boxes of each size, which stand in one row on a desk."""
        return [[self[f"{size['code']}_{measure}"] for measure in MEASURES] for size in self.sizes]

    def period(self) -> Period:
        return Period(self.cleaned_data["effective_from"], self.cleaned_data["effective_to"])

    def typed(self) -> list[dict[str, Any]]:
        """The sizes with the limits as they were typed."""
        given = self.cleaned_data
        return [
            {"code": size["code"], "name": size["name"]} | {one: given[f"{size['code']}_{one}"] for one in MEASURES}
            for size in self.sizes
        ]
