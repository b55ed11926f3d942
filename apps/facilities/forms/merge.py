"""Which of two facilities stays, and whose word holds for each field that they say differently."""

from collections.abc import Mapping
from typing import Any

from django import forms

from apps.facilities.merging import differing, differing_years
from apps.facilities.models import Facility

FIRST, SECOND = "a", "b"
NAMES = ((FIRST, "Cơ sở thứ nhất"), (SECOND, "Cơ sở thứ hai"))


class MergeForm(forms.Form):
    """`a` is the first facility, `b` the second; a choice for each differing field and year.

    What the first leaves empty is proposed from the second.
    """

    stays = forms.ChoiceField(label="Cơ sở được giữ lại", choices=NAMES, initial=FIRST, widget=forms.RadioSelect)

    def __init__(self, *args: Any, first: Facility, second: Facility, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.first, self.second = first, second
        self.differing, self.years = differing(first, second), differing_years(first, second)
        for name, (mine, theirs) in self.differing.items():
            self._choose(f"field_{name}", SECOND if theirs and not mine else FIRST)
        for year in self.years:
            self._choose(f"year_{year}", FIRST)

    def _choose(self, name: str, initial: str) -> None:
        self.fields[name] = forms.ChoiceField(choices=NAMES, initial=initial, widget=forms.RadioSelect)

    def choice(self, name: str) -> str:
        """What is chosen for a field of the form, or proposed."""
        bound = self[name]
        value = bound.value()
        return str(value) if value in (FIRST, SECOND) else str(bound.initial)

    @property
    def survivor(self) -> Facility:
        return self.first if self.cleaned_data["stays"] == FIRST else self.second

    @property
    def merged(self) -> Facility:
        return self.second if self.cleaned_data["stays"] == FIRST else self.first

    @property
    def taken(self) -> list[str]:
        """The fields for which the merged one's value holds."""
        return [name for name in self.differing if self._is_others(f"field_{name}")]

    @property
    def years_taken(self) -> list[int]:
        return [year for year in self.years if self._is_others(f"year_{year}")]

    @property
    def result(self) -> Mapping[str, Any]:
        """What the surviving facility will say of the fields that differ."""
        return {name: pair[self.cleaned_data[f"field_{name}"] == SECOND] for name, pair in self.differing.items()}

    def _is_others(self, name: str) -> bool:
        return bool(self.cleaned_data[name] != self.cleaned_data["stays"])
