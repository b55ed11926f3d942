"""Sign in and out, back in after a password was forgotten, and who gets in at all. Accounts belong to the tenant
whose host is asked."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.contrib.auth.views import (
    LoginView,
    LogoutView,
    PasswordChangeView,
    PasswordResetConfirmView,
    PasswordResetDoneView,
    PasswordResetView,
)
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy

from apps.accounts.doors import officials_only, person_of
from apps.accounts.forms.signing_in import ForgottenForm, NewPasswordForm, OwnPasswordForm, PolicyForm, SignInForm
from apps.accounts.services.signing_up import is_sign_up_open, set_sign_up
from tieubieu.binding import current
from tieubieu.errors import DomainError
from tieubieu.pages import answer
from tieubieu.throttle import count_try

MOST_LETTERS = 20


class TenantTokens(PasswordResetTokenGenerator):
    """A link of one tenant is nothing in another."""

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        return f"{current().tenant_id}:{super()._make_hash_value(user, timestamp)}"


tokens = TenantTokens()


class SignIn(LoginView):
    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "may_sign_up": is_sign_up_open()}


class SignOut(LogoutView):
    pass


class Forgotten(PasswordResetView):
    """The same answer whether or not the address is somebody's."""

    template_name = "accounts/forgotten.html"
    form_class = ForgottenForm
    token_generator = tokens
    success_url = reverse_lazy("accounts:forgotten_sent")

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            count_try(self.request, "forgotten", most=MOST_LETTERS)
        except DomainError as refused:
            form.add_error(None, refused.message)
            return self.form_invalid(form)
        return super().form_valid(form)


class ForgottenSent(PasswordResetDoneView):
    template_name = "accounts/forgotten_sent.html"


class ResetPassword(PasswordResetConfirmView):
    template_name = "accounts/reset.html"
    form_class = NewPasswordForm
    token_generator = tokens
    success_url = reverse_lazy("accounts:sign_in")

    def form_valid(self, form: Any) -> HttpResponse:
        messages.success(self.request, "Đã đặt mật khẩu mới; xin đăng nhập.")
        return super().form_valid(form)


class ChangePassword(PasswordChangeView):
    template_name = "accounts/change.html"
    form_class = OwnPasswordForm
    success_url = "/"

    def form_valid(self, form: Any) -> HttpResponse:
        messages.success(self.request, "Đã đổi mật khẩu; các nơi đăng nhập khác đã kết thúc.")
        return super().form_valid(form)


@officials_only("accounts.policy.set")
def policy(request: HttpRequest) -> HttpResponse:
    """Whether anybody may sign up for a facility, or only the invited."""
    form = PolicyForm(request.POST or None, initial={"is_open": "yes" if is_sign_up_open() else "no"})
    if form.is_bound and form.is_valid():
        set_sign_up(is_open=form.cleaned_data["is_open"] == "yes", actor=person_of(request))
        messages.success(request, "Đã lưu cách cơ sở đăng ký tài khoản.")
        return redirect("accounts:policy")
    return render(request, "accounts/policy.html", {"form": form}, status=422 if form.is_bound else 200)


def locked_out(request: HttpRequest, response: HttpResponse | None = None, *args: Any, **kwargs: Any) -> HttpResponse:
    """Too many wrong passwords for this account from this place."""
    return answer(
        request, 429, "Đã nhập sai mật khẩu nhiều lần. Xin chờ 15 phút rồi thử lại, hoặc nhờ người quản trị đặt lại."
    )
