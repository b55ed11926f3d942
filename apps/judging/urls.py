from django.urls import path

from apps.judging import pages

app_name = "judging"
urlpatterns = [
    path("", pages.my_sheets, name="my_sheets"),
    path("<uuid:sheet_id>/", pages.sheet, name="sheet"),
    path("<uuid:sheet_id>/giay-to/<uuid:paper_id>/", pages.paper, name="paper"),
    path("<uuid:sheet_id>/luu/", pages.save, name="save"),
    path("<uuid:sheet_id>/khoa/", pages.lock, name="lock"),
]
