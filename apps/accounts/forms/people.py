"""What an administrator types about a person, and what narrows the list of people."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from apps.accounts.models import OrganisationalUnit, Role
from apps.accounts.queries import NO_ROLE, Sought, units_by_name
from apps.accounts.services import Official
from tieubieu.lib.phones import shown_phone
from tieubieu.ui.fields import PhoneField, SafeCharField

ANY = ("", "Tất cả")
ACTIVE = {"co": True, "khong": False}
LOGIN = RegexValidator(
    r"^[a-z0-9][a-z0-9._@+\-]{2,149}$",
    "Tên đăng nhập có ít nhất 3 ký tự, chỉ gồm chữ không dấu, chữ số và các dấu . _ - @ +, ví dụ nguyen.van.an.",
)


class UnitSelect(forms.Select):
    """A plain list that a script turns into one with a search box."""

    def __init__(self) -> None:
        super().__init__({"data-search": "Gõ tên để tìm"})


def unit_choices(none: str) -> list[tuple[str, str]]:
    return [("", none), *((str(unit.pk), unit.name) for unit in units_by_name())]


class OfficialForm(forms.Form):
    """The person and the roles."""

    full_name = SafeCharField(label="Họ và tên", max_length=150)
    position = SafeCharField(label="Chức vụ", max_length=200, required=False)
    unit = forms.ModelChoiceField(
        label="Đơn vị",
        queryset=OrganisationalUnit.objects.all(),
        required=False,
        widget=UnitSelect(),
        help_text="Cán bộ cấp xã phải thuộc đơn vị có xã, phường, đặc khu.",
    )
    email = forms.EmailField(label="Thư điện tử", required=False, max_length=254)
    phone = PhoneField(label="Điện thoại", required=False)
    roles = forms.MultipleChoiceField(
        label="Vai trò",
        choices=Role.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Người của cơ sở và thành viên chỉ tham gia Hội đồng, Ban Giám khảo không cần vai trò nào.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = unit_choices("– Chọn –")  # type: ignore[attr-defined]

    def official(self) -> Official:
        return Official(**{name: self.cleaned_data[name] for name in Official.__dataclass_fields__})

    def roles_given(self) -> list[Role]:
        return [Role(value) for value in self.cleaned_data["roles"]]


class NewOfficialForm(OfficialForm):
    """The same with the login, which is given once and stays."""

    login = forms.CharField(
        label="Tên đăng nhập",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        help_text="Chữ không dấu, ví dụ nguyen.van.an. Không đổi được về sau.",
    )
    field_order = ("full_name", "login", "position", "unit", "email", "phone", "roles")

    def clean_login(self) -> str:
        login = str(self.cleaned_data["login"]).strip().lower()
        LOGIN(login)
        return login


class EditOfficialForm(OfficialForm):
    """The same with what the page showed, so that two editors notice each other."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class Wording:
    """How what two editors typed is told: labels of the form, the unit by name, roles in words."""

    def label(self, field: str) -> str:
        return str(OfficialForm.base_fields[field].label)

    def value(self, field: str, value: object) -> str:
        """The value as the page shows it."""
        if not value:
            return "–"
        if field == "unit":
            unit = OrganisationalUnit.objects.filter(pk=str(value)).first()
            return unit.name if unit else "–"
        if isinstance(value, list):
            return ", ".join(Role(role).label for role in value)
        return shown_phone(str(value)) if field == "phone" else str(value)


class PeopleFilters(forms.Form):
    """A value that is none is left out rather than refused."""

    tim = forms.CharField(label="Tên, tên đăng nhập, thư điện tử", max_length=100, required=False)
    vai_tro = forms.ChoiceField(
        label="Vai trò", choices=[ANY, *Role.choices, (NO_ROLE, "Không có vai trò")], required=False
    )
    don_vi = forms.ModelChoiceField(
        label="Đơn vị",
        queryset=OrganisationalUnit.objects.all(),
        required=False,
        widget=UnitSelect(),
    )
    tai_khoan = forms.ChoiceField(
        label="Tài khoản", choices=[ANY, ("co", "Đang hoạt động"), ("khong", "Đã ngừng hoạt động")], required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["don_vi"].choices = unit_choices("Tất cả")  # type: ignore[attr-defined]

    @property
    def sought(self) -> Sought:
        """What was asked for, as far as it can be."""
        self.is_valid()
        asked = self.cleaned_data
        unit = asked.get("don_vi")
        return Sought(
            words=asked.get("tim", ""),
            role=asked.get("vai_tro", ""),
            unit=unit.pk if unit else None,
            is_active=ACTIVE.get(asked.get("tai_khoan", "")),
        )

    @property
    def is_narrowing(self) -> bool:
        """Whether anything beyond the words was asked for."""
        return any(self.cleaned_data.get(name) for name in self.fields if name != "tim")
