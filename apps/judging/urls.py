from django.urls import path

from apps.judging.pages import progress, sheets

app_name = "judging"
urlpatterns = [
    path("", sheets.my_sheets, name="my_sheets"),
    path("ky/<str:code>/tien-do/", progress.progress, name="progress"),
    path("ky/<str:code>/tien-do.xlsx", progress.progress_xlsx, name="progress_xlsx"),
    path("ky/<str:code>/nhac/", progress.remind, name="remind"),
    path("ky/<str:code>/ho-so/<uuid:entry_id>/", progress.entry, name="entry"),
    path("ky/<str:code>/ho-so/<uuid:entry_id>/mo-niem-phong/", progress.unseal, name="unseal"),
    path("ky/<str:code>/ho-so/<uuid:entry_id>/mo-lai/<uuid:sheet_id>/", progress.reopen, name="reopen"),
    path("<uuid:sheet_id>/", sheets.sheet, name="sheet"),
    path("<uuid:sheet_id>/giay-to/<uuid:paper_id>/", sheets.paper, name="paper"),
    path("<uuid:sheet_id>/luu/", sheets.save, name="save"),
    path("<uuid:sheet_id>/khoa/", sheets.lock, name="lock"),
]
