from django.urls import path

from apps.facilities.pages import inviting, sign_up

app_name = "sign_up"
urlpatterns = [
    path("", sign_up.sign_up, name="account"),
    path("co-so/", sign_up.facility, name="facility"),
    path("co-so/<str:tax_code>/de-nghi/", sign_up.ask, name="ask"),
    path("co-so/<str:tax_code>/moi/", sign_up.own, name="own"),
    path("loi-moi/", inviting.typed_code, name="by_code"),
    path("loi-moi/<str:token>/", inviting.invitation, name="invitation"),
]
