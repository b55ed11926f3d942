"""Appointing people."""

from collections.abc import Mapping
from typing import Any

from django import forms

from apps.accounts.models import Person
from apps.accounts.services import NewPerson
from apps.rounds.models import Body, Post, title_of

# A long list that a script turns into one with a search box.
SEARCHED = {"data-search": "Gõ tên để tìm"}


class AppointForm(forms.Form):
    """Somebody who is known already."""

    person = forms.ModelChoiceField(
        label="Người được cử", queryset=Person.objects.none(), widget=forms.Select(SEARCHED)
    )
    post = forms.ChoiceField(label="Cương vị")

    def __init__(self, *args: Any, people: Any, body: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["person"].label_from_instance = described  # type: ignore[attr-defined]
        self.fields["post"].choices = posts_of(body)  # type: ignore[attr-defined]
        self.fields["post"].initial = Post.MEMBER


class NewMemberForm(forms.Form):
    """Somebody without an account yet."""

    full_name = forms.CharField(label="Họ và tên", max_length=150)
    position = forms.CharField(label="Chức vụ", max_length=200, required=False)
    academic_title = forms.CharField(label="Học hàm, học vị", max_length=100, required=False)
    unit = forms.CharField(label="Đơn vị công tác", max_length=200, required=False)
    email = forms.EmailField(label="Thư điện tử", required=False, help_text="Dùng để báo việc và cấp tài khoản.")
    phone = forms.CharField(label="Điện thoại", max_length=20, required=False)
    post = forms.ChoiceField(label="Cương vị")

    def __init__(self, *args: Any, body: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = posts_of(body)  # type: ignore[attr-defined]
        self.fields["post"].initial = Post.MEMBER

    def person(self) -> NewPerson:
        return NewPerson(**{name: value for name, value in self.cleaned_data.items() if name != "post"})


class ReplaceForm(forms.Form):
    """Another person for the same seat."""

    person = forms.ModelChoiceField(label="Người thay", queryset=Person.objects.none(), widget=forms.Select(SEARCHED))
    reason = forms.CharField(label="Lý do hoặc số văn bản", max_length=500)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["person"].label_from_instance = described  # type: ignore[attr-defined]


class SeatForm(forms.Form):
    """A member's post and place in the order; for a judge also the product groups in which they are expert."""

    post = forms.ChoiceField(label="Cương vị")
    seat = forms.IntegerField(label="Thứ tự", min_value=1, max_value=99)

    def __init__(self, *args: Any, body: str, groups: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = posts_of(body)  # type: ignore[attr-defined]
        if body == Body.PANEL:
            self.fields["groups"] = forms.MultipleChoiceField(
                label="Chuyên môn",
                choices=list(groups.items()),
                required=False,
                widget=forms.CheckboxSelectMultiple,
                help_text="Dùng khi phân công chấm theo chuyên môn. Không chọn nhóm nào là chấm mọi nhóm.",
            )


def posts_of(body: str) -> list[tuple[str, str]]:
    return [(post.value, title_of(body, post)) for post in Post]


def described(person: Person) -> str:
    """Name, post and unit, so that namesakes are told apart."""
    return ", ".join(part for part in (person.full_name, person.position, person.unit and person.unit.name) if part)
