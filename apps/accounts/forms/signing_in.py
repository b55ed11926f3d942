"""Signing in, and coming back in after a password was forgotten."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, PasswordResetForm, SetPasswordForm
from django.template.loader import render_to_string

from apps.accounts.models import Person
from apps.accounts.services import choose_password
from tieubieu.notices.services import Audience, write_mail

MOST_NAMESAKES = 3


class SignInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": "Tên đăng nhập hoặc mật khẩu chưa đúng. Xin kiểm tra lại, chú ý chữ hoa và dấu.",
        "inactive": "Tài khoản này đã ngừng hoạt động; xin liên hệ người quản trị của đơn vị.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Tên đăng nhập, điện thoại hoặc thư điện tử"
        self.fields["password"].label = "Mật khẩu"

    def clean_username(self) -> str:
        """One spelling for one account, however it was named: wrong passwords are counted under it."""
        typed = str(self.cleaned_data["username"]).strip().lower()
        known = Person.objects.known_as(typed)
        return known.login if known else typed


class ForgottenForm(PasswordResetForm):
    """Answers the same whether or not somebody has this address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "Thư điện tử của tài khoản"

    def get_users(self, email: str) -> Iterable[Any]:
        return list(Person.objects.filter(email__iexact=email, is_active=True)[:MOST_NAMESAKES])

    def send_mail(
        self,
        subject_template_name: str,
        email_template_name: str,
        context: dict[str, Any],
        from_email: str | None,
        to_email: str,
        html_email_template_name: str | None = None,
    ) -> None:
        """The letter is a row of the same transaction, sent by a worker."""
        person = context["user"]
        has_role = bool(person.roles())
        write_mail(
            to_email,
            audience=Audience.OFFICIALS if has_role else Audience.FACILITIES,
            subject="Đặt lại mật khẩu",
            text=render_to_string("accounts/forgotten_mail.txt", context),
            url=f"/tai-khoan/mat-khau/dat-lai/{context['uid']}/{context['token']}/",
        )


class NewPasswordForm(SetPasswordForm):  # type: ignore[type-arg]  # the class itself takes none at run time
    """Reached by a letter: no old password is asked."""

    def save(self, commit: bool = True) -> Person:
        choose_password(self.user, self.cleaned_data["new_password1"])
        return self.user


class OwnPasswordForm(NewPasswordForm, PasswordChangeForm):
    """The same, after the old one."""

    field_order = ("old_password", "new_password1", "new_password2")


class PolicyForm(forms.Form):
    is_open = forms.ChoiceField(
        label="Cơ sở đăng ký tài khoản",
        choices=[("yes", "Ai cũng đăng ký được"), ("no", "Chỉ theo lời mời")],
        widget=forms.RadioSelect,
    )
