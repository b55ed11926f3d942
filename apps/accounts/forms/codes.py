"""What somebody with a one-time code types."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

FRESH = {"autocomplete": "new-password"}


class CodeForm(forms.Form):
    login = forms.CharField(
        label="Tên đăng nhập, điện thoại hoặc thư điện tử",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    code = forms.CharField(
        label="Mã một lần",
        max_length=40,
        help_text="Chữ hoa hay thường đều được, không cần gõ dấu gạch.",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )
    password = forms.CharField(
        label="Mật khẩu mới",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs=FRESH),
        help_text="Ít nhất 10 ký tự, không phải mật khẩu ai cũng đoán được.",
    )
    again = forms.CharField(
        label="Nhập lại mật khẩu mới", strip=False, max_length=200, widget=forms.PasswordInput(attrs=FRESH)
    )

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        validate_password(password)
        return password

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "password" in given and "again" in given and given["password"] != given["again"]:
            self.add_error("again", "Hai lần nhập mật khẩu chưa giống nhau.")
        return given
