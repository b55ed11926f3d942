from django.urls import path

from apps.accounts.pages import signing_in

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", signing_in.SignIn.as_view(), name="sign_in"),
    path("dang-xuat/", signing_in.SignOut.as_view(), name="sign_out"),
    path("mat-khau/", signing_in.ChangePassword.as_view(), name="change_password"),
    path("mat-khau/quen/", signing_in.Forgotten.as_view(), name="forgotten"),
    path("mat-khau/quen/da-gui/", signing_in.ForgottenSent.as_view(), name="forgotten_sent"),
    path("mat-khau/dat-lai/<uidb64>/<token>/", signing_in.ResetPassword.as_view(), name="reset"),
    path("cach-dang-ky/", signing_in.policy, name="policy"),
]
