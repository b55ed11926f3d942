"""A new round, and the filters of the list of rounds."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils import timezone

from apps.accounts.models import Person
from apps.rounds.models import Level, Round
from apps.rounds.queries.areas import Area, proposed_code, proposed_name
from apps.rounds.states import Phase

CODE = RegexValidator(r"\A[A-Z0-9]+(-[A-Z0-9]+)*\Z", "Mã chỉ gồm chữ in hoa không dấu, chữ số và gạch nối.")
FIRST_YEAR, LAST_YEAR = 2012, 2100


class NewRoundForm(forms.Form):
    """`areas` are where this person may hold a round; with only one, it is not asked."""

    area = forms.ChoiceField(label="Cấp và địa bàn")
    year = forms.IntegerField(label="Năm", min_value=FIRST_YEAR, max_value=LAST_YEAR)
    ordinal = forms.IntegerField(label="Lần thứ trong năm", min_value=1, max_value=9, initial=1)
    code = forms.CharField(
        label="Mã kỳ",
        max_length=30,
        required=False,
        validators=[CODE],
        help_text="Đứng đầu mã số bình chọn của mọi hồ sơ. Để trống thì đặt theo địa bàn và năm.",
    )
    name = forms.CharField(
        label="Tên kỳ bình chọn", max_length=250, required=False, help_text="Để trống thì đặt theo cấp, địa bàn và năm."
    )

    def __init__(self, *args: Any, areas: Sequence[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = {f"{area.level}:{area.code}": area for area in areas}
        groups: dict[str, list[tuple[str, str]]] = {}
        for key, area in self.areas.items():
            groups.setdefault(area.level.label.capitalize(), []).append((key, area.name))
        choices = list(groups.items())
        self.fields["area"].choices = choices  # type: ignore[attr-defined]
        self.fields["year"].initial = timezone.localdate().year
        if len(self.areas) == 1:
            self.fields["area"].widget = forms.HiddenInput()
            self.fields["area"].initial = next(iter(self.areas))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if self.errors:
            return given
        area = self.areas[given["area"]]
        given["place"] = area
        given["code"] = given["code"] or proposed_code(area, given["year"], given["ordinal"])
        given["name"] = given["name"] or proposed_name(area, given["year"], given["ordinal"])
        self._require_new(given)
        return given

    def _require_new(self, given: dict[str, Any]) -> None:
        if Round.objects.filter(code=given["code"]).exists():
            self.add_error("code", f"Mã {given['code']} đã có; xin đặt mã khác.")
        area: Area = given["place"]
        same = Round.objects.filter(
            level=area.level, area_code=area.code, year=given["year"], ordinal=given["ordinal"]
        ).first()
        if same is not None:
            self.add_error("ordinal", f"Đã có kỳ này: {same.code}. Nếu tổ chức thêm trong năm, xin ghi lần kế tiếp.")


class RoundFilters(forms.Form):
    """Anything that is no known choice is as if nothing was chosen."""

    nam = forms.TypedChoiceField(label="Năm", required=False, coerce=int, empty_value=None)
    cap = forms.ChoiceField(label="Cấp", required=False, choices=[("", "Mọi cấp"), *Level.choices])
    giai_doan = forms.ChoiceField(label="Giai đoạn", required=False, choices=[("", "Mọi giai đoạn"), *Phase.choices])

    def __init__(self, *args: Any, years: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nam"].choices = [("", "Mọi năm"), *((year, str(year)) for year in years)]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        """The lookups asked for."""
        self.full_clean()
        names = {"nam": "year", "cap": "level", "giai_doan": "phase"}
        return {names[name]: value for name, value in self.cleaned_data.items() if value}


class OfficerForm(forms.Form):
    """Who answers for the round where no window names somebody."""

    officer = forms.ModelChoiceField(label="Cán bộ phụ trách kỳ", queryset=Person.objects.none())

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = people  # type: ignore[attr-defined]
