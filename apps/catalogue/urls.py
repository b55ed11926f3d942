from django.urls import path

from apps.catalogue import pages

app_name = "catalogue"
urlpatterns = [
    path("", pages.register, name="register"),
    path("xac-minh/", pages.verify_number, name="verify_number"),
    path("xac-minh/<str:token>/", pages.verify, name="verify"),
    path("xac-minh/<str:token>", pages.verify),
    path("api/v1/verify/<str:token>/", pages.verify_api, name="verify_api"),
    path("api/v1/keys/", pages.keys_api, name="keys_api"),
]
