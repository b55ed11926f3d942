"""A year's figures, in the units that the dossier asks for."""

from typing import Any

from django import forms
from django.utils import timezone

from apps.facilities.models import FIGURES
from apps.facilities.models.years import FIRST_YEAR
from tieubieu.ui.fields import PlainDecimalField


class FiguresForm(forms.Form):
    """Money in million đồng with at most two digits after the comma; an empty box means that nobody knows."""

    revenue = PlainDecimalField(label="Doanh thu (triệu đồng)", digits=14, places=2, required=False)
    workers = forms.IntegerField(label="Lao động (người)", min_value=0, max_value=1_000_000, required=False)
    taxes = PlainDecimalField(label="Nộp ngân sách (triệu đồng)", digits=14, places=2, required=False)
    exports = PlainDecimalField(
        label="Xuất khẩu (triệu đồng)", digits=14, places=2, required=False, help_text="Nhập 0 nếu không xuất khẩu."
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["workers"].widget.attrs["inputmode"] = "numeric"

    def figures(self) -> dict[str, Any]:
        """The figures as typed, None where the box was empty."""
        return {name: self.cleaned_data[name] for name in FIGURES}


class YearForm(forms.Form):
    """Which year's figures to enter."""

    nam = forms.TypedChoiceField(label="Năm", coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last = timezone.localdate().year
        self.fields["nam"].choices = [(year, str(year)) for year in range(last, max(FIRST_YEAR, last - 10), -1)]  # type: ignore[attr-defined]
