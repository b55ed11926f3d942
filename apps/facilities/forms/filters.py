"""What narrows the register; a value that is none is left out rather than refused."""

from collections.abc import Mapping
from typing import Any

from django import forms

from apps.facilities.forms.places import PlaceSelect
from apps.facilities.models import FacilityKind
from apps.facilities.queries import Sought
from apps.facilities.records import Past
from apps.facilities.states import Standing
from tenants.reference.models import AdministrativeUnit

ANY = ("", "Tất cả")
YES_NO = {"co": True, "khong": False}


class FilterForm(forms.Form):
    tim = forms.CharField(label="Tên, mã số thuế, điện thoại", max_length=100, required=False)
    xa = forms.ChoiceField(label="Xã, phường, đặc khu", required=False, widget=PlaceSelect)
    loai = forms.ChoiceField(label="Loại hình", choices=[ANY, *FacilityKind.choices], required=False)
    tinh_trang = forms.ChoiceField(label="Tình trạng", choices=[ANY, *Standing.choices], required=False)
    doi_tuong = forms.ChoiceField(
        label="Đối tượng", choices=[ANY, ("co", "Là cơ sở CNNT"), ("khong", "Chưa phải cơ sở CNNT")], required=False
    )
    xuat_khau = forms.ChoiceField(
        label="Xuất khẩu", choices=[ANY, ("co", "Có xuất khẩu"), ("khong", "Không hoặc chưa rõ")], required=False
    )

    da_du = forms.ChoiceField(label="Dự bình chọn", choices=[ANY, *Past.choices], required=False)

    def __init__(self, *args: Any, units: Mapping[str, AdministrativeUnit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["xa"].choices = [ANY, *((code, unit.full_name) for code, unit in units.items())]  # type: ignore[attr-defined]

    @property
    def sought(self) -> Sought:
        """What was asked for, as far as it can be."""
        self.is_valid()
        asked = self.cleaned_data
        return Sought(
            words=asked.get("tim", ""),
            commune=asked.get("xa", ""),
            kind=asked.get("loai", ""),
            standing=asked.get("tinh_trang", ""),
            is_eligible=YES_NO.get(asked.get("doi_tuong", "")),
            is_exporting=YES_NO.get(asked.get("xuat_khau", "")),
            past=asked.get("da_du", ""),
        )

    @property
    def is_narrowing(self) -> bool:
        """Whether anything beyond the words was asked for."""
        return any(self.cleaned_data.get(name) for name in self.fields if name != "tim")
