from django.urls import path

from apps.accounts.pages import codes, people, roles, signing_in, units

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", signing_in.SignIn.as_view(), name="sign_in"),
    path("dang-xuat/", signing_in.SignOut.as_view(), name="sign_out"),
    path("mat-khau/", signing_in.ChangePassword.as_view(), name="change_password"),
    path("mat-khau/quen/", signing_in.Forgotten.as_view(), name="forgotten"),
    path("mat-khau/quen/da-gui/", signing_in.ForgottenSent.as_view(), name="forgotten_sent"),
    path("mat-khau/dat-lai/<uidb64>/<token>/", signing_in.ResetPassword.as_view(), name="reset"),
    path("cach-dang-ky/", signing_in.policy, name="policy"),
    path("nguoi-dung/", people.people, name="people"),
    path("nguoi-dung/nguoi-dung.xlsx", people.people_xlsx, name="people_xlsx"),
    path("nguoi-dung/moi/", people.new_person, name="new_person"),
    path("nguoi-dung/<uuid:person_id>/", people.person, name="person"),
    path("nguoi-dung/<uuid:person_id>/sua/", people.edit_person, name="edit_person"),
    path("nguoi-dung/<uuid:person_id>/ngung/", people.turn, {"verb": "ngung"}, name="stop_person"),
    path("nguoi-dung/<uuid:person_id>/mo-lai/", people.turn, {"verb": "mo-lai"}, name="resume_person"),
    path("nguoi-dung/<uuid:person_id>/ma-mot-lan/", codes.hand_out, name="hand_out_code"),
    path("ma-mot-lan/", codes.use, name="use_code"),
    path("don-vi/", units.units, name="units"),
    path("don-vi/don-vi.xlsx", units.units_xlsx, name="units_xlsx"),
    path("don-vi/moi/", units.new_unit, name="new_unit"),
    path("don-vi/<uuid:unit_id>/", units.unit, name="unit"),
    path("vai-tro/", roles.roles, name="roles"),
    path("vai-tro/vai-tro.xlsx", roles.roles_xlsx, name="roles_xlsx"),
]
