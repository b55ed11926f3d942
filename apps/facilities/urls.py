from django.urls import path

from apps.facilities import pages

app_name = "facilities"
urlpatterns = [
    path("", pages.facilities, name="facilities"),
    path("co-so.xlsx", pages.export, name="export"),
    path("nhap/", pages.bring_in, name="bring_in"),
    path("nhap/mau.xlsx", pages.template, name="template"),
    path("nhap/tra-lai/<str:token>.xlsx", pages.returned, name="returned"),
]
