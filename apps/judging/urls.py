from django.urls import path

from apps.judging.pages import sheets

app_name = "judging"
urlpatterns = [
    path("", sheets.my_sheets, name="my_sheets"),
    path("<uuid:sheet_id>/", sheets.sheet, name="sheet"),
    path("<uuid:sheet_id>/giay-to/<uuid:paper_id>/", sheets.paper, name="paper"),
    path("<uuid:sheet_id>/luu/", sheets.save, name="save"),
    path("<uuid:sheet_id>/khoa/", sheets.lock, name="lock"),
]
