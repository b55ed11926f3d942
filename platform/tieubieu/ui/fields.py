"""Form fields of the house: text in one spelling, numbers and telephone numbers as people type them."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tieubieu.lib.numbers import InvalidNumber, decimal_of
from tieubieu.lib.phones import InvalidPhone, normal_phone
from tieubieu.lib.text import UnsafeText, clean_name


class SafeCharField(forms.CharField):
    """One line of text in NFC; what would deceive a reader is refused, telling where it stands."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        try:
            return clean_name(" ".join(text.split())) if text.strip() else ""
        except UnsafeText as unsafe:
            raise ValidationError(str(unsafe)) from unsafe


class PhoneField(forms.CharField):
    """A telephone number, stored as its digits from 0 on."""

    widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"})

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        try:
            return normal_phone(text) if text else ""
        except InvalidPhone as wrong:
            raise ValidationError(str(wrong)) from wrong


class PlainDecimalField(forms.Field):
    """A number of zero or more with a decimal comma; None when left empty, for empty is not zero."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, *, digits: int, places: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most = Decimal(10) ** (digits - places)
        self.places = places

    def to_python(self, value: Any) -> Decimal | None:
        text = str(value or "").strip()
        if not text:
            return None
        try:
            number = decimal_of(text)
        except InvalidNumber as wrong:
            raise ValidationError(str(wrong)) from wrong
        if number >= self.most or round(number, self.places) != number:
            raise ValidationError(f"Số quá lớn hoặc có quá {self.places} chữ số sau dấu phẩy.")
        return number

    def prepare_value(self, value: Any) -> Any:
        return format(value.normalize(), "f").replace(".", ",") if isinstance(value, Decimal) else value
