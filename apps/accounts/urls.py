from django.urls import path

from apps.accounts.pages.signing_in import SignIn, SignOut

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", SignIn.as_view(), name="sign_in"),
    path("dang-xuat/", SignOut.as_view(), name="sign_out"),
]
