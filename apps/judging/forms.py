"""What a member says of themselves and of a conflict of interest."""

from typing import Any

from django import forms
from django.utils import timezone

from apps.judging.models import AffiliationKind, ConflictKind
from tieubieu.lib.taxcode import InvalidTaxCode, check
from tieubieu.ui.fields import SafeCharField

OLDEST_YEAR = 1930


class DeclareForm(forms.Form):
    kind = forms.ChoiceField(label="Quan hệ với cơ sở", choices=ConflictKind.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label="Nội dung",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Vài chữ cho người quyết định; bắt buộc khi chọn “Lý do khác”.",
    )


class AddressForm(forms.Form):
    address = SafeCharField(
        label="Địa chỉ nhà",
        max_length=300,
        required=False,
        help_text="Chỉ dùng để đối chiếu với địa chỉ của cơ sở; không hiện ở nơi nào khác.",
    )


class AffiliationForm(forms.Form):
    kind = forms.ChoiceField(label="Loại", choices=AffiliationKind.choices, widget=forms.RadioSelect)
    name = SafeCharField(label="Tên cơ quan, doanh nghiệp", max_length=250)
    tax_code = forms.CharField(label="Mã số thuế", max_length=20, required=False, help_text="Nếu biết.")
    since_year = forms.IntegerField(label="Từ năm", required=False, min_value=OLDEST_YEAR)
    until_year = forms.IntegerField(
        label="Đến năm", required=False, min_value=OLDEST_YEAR, help_text="Để trống khi đang làm."
    )

    def clean_tax_code(self) -> str:
        raw: str = self.cleaned_data["tax_code"].strip()
        try:
            return check(raw).normal if raw else ""
        except InvalidTaxCode as wrong:
            raise forms.ValidationError(str(wrong)) from wrong

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        since, until = cleaned.get("since_year"), cleaned.get("until_year")
        for field, year in (("since_year", since), ("until_year", until)):
            if year and year > timezone.localdate().year:
                self.add_error(field, "Năm này còn ở tương lai; xin kiểm tra lại.")
        if since and until and until < since:
            self.add_error("until_year", "Năm kết thúc phải từ năm bắt đầu trở đi.")
        return cleaned
