"""What a first-time user types on a phone: the account, the tax code, and, when nobody knows it, the facility."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from apps.facilities.forms.places import commune_field
from apps.facilities.models import AgentKind, FacilityKind
from tenants.reference.models import AdministrativeUnit
from tieubieu.lib import taxcode
from tieubieu.lib.phones import InvalidPhone, normal_phone
from tieubieu.lib.text import nfc
from tieubieu.ui.fields import SafeCharField

TRAP = "trang_web"


class AccountForm(forms.Form):
    """The trap is a box that no person sees; whoever fills it in is a program."""

    full_name = SafeCharField(label="Họ và tên", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    login = forms.CharField(
        label="Số điện thoại hoặc thư điện tử", max_length=150, help_text="Dùng để đăng nhập.",
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )  # fmt: skip
    password = forms.CharField(
        label="Mật khẩu", strip=False, help_text="Ít nhất 10 ký tự; một câu dễ nhớ là tốt nhất.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip

    def clean_login(self) -> str:
        typed = nfc(self.cleaned_data["login"]).strip()
        try:
            if "@" in typed:
                validate_email(typed)
                return typed.lower()
            return normal_phone(typed)
        except ValidationError as wrong:
            raise forms.ValidationError(f"Thư điện tử “{typed[:60]}” không đúng dạng.") from wrong
        except InvalidPhone as wrong:
            raise forms.ValidationError(str(wrong)) from wrong

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        validate_password(password)
        return password

    @property
    def is_trapped(self) -> bool:
        return bool(self.data.get(TRAP))


class TaxCodeForm(forms.Form):
    tax_code = forms.CharField(
        label="Mã số thuế của cơ sở", max_length=30, help_text="10, 12 hoặc 13 chữ số, ví dụ 0100112437-001.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )  # fmt: skip

    def clean_tax_code(self) -> str:
        try:
            return taxcode.check(self.cleaned_data["tax_code"]).normal
        except taxcode.InvalidTaxCode as wrong:
            raise forms.ValidationError(str(wrong)) from wrong


class AskForm(forms.Form):
    kind = forms.ChoiceField(
        label="Làm việc cho cơ sở với tư cách", choices=AgentKind.choices, initial=AgentKind.OWNER,
        widget=forms.RadioSelect,
    )  # fmt: skip


class OwnFacilityForm(forms.Form):
    name = SafeCharField(label="Tên cơ sở", max_length=250, help_text="Như trên giấy đăng ký.")
    kind = forms.ChoiceField(label="Loại hình", choices=[("", "– Chọn –"), *FacilityKind.choices])
    address = SafeCharField(label="Địa chỉ sản xuất", max_length=300, help_text="Số nhà, đường hoặc thôn, buôn, ấp.")

    def __init__(self, *args: Any, units: Mapping[str, AdministrativeUnit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["commune_code"] = commune_field(units)
        self.order_fields(("name", "kind", "commune_code", "address"))
