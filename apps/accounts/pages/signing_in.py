"""Sign in and out. Accounts belong to the tenant whose host is asked."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse

from tieubieu.pages import answer


class SignInForm(AuthenticationForm):
    error_messages = {
        "invalid_login": "Tên đăng nhập hoặc mật khẩu chưa đúng. Xin kiểm tra lại, chú ý chữ hoa và dấu.",
        "inactive": "Tài khoản này đã ngừng hoạt động; xin liên hệ người quản trị của đơn vị.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Tên đăng nhập"
        self.fields["password"].label = "Mật khẩu"

    def clean_username(self) -> str:
        """One spelling for one account: wrong passwords are counted under it."""
        return str(self.cleaned_data["username"]).strip().lower()


class SignIn(LoginView):
    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True


class SignOut(LogoutView):
    pass


def locked_out(request: HttpRequest, response: HttpResponse | None = None, *args: Any, **kwargs: Any) -> HttpResponse:
    """Too many wrong passwords for this account from this place."""
    return answer(
        request, 429, "Đã nhập sai mật khẩu nhiều lần. Xin chờ 15 phút rồi thử lại, hoặc nhờ người quản trị đặt lại."
    )
