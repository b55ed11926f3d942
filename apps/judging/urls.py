from django.urls import path

from apps.judging.pages import conflicts, interests, paper, progress, sheets

app_name = "judging"
urlpatterns = [
    path("", sheets.my_sheets, name="my_sheets"),
    path("ky/<str:code>/tien-do/", progress.progress, name="progress"),
    path("ky/<str:code>/tien-do.xlsx", progress.progress_xlsx, name="progress_xlsx"),
    path("ky/<str:code>/giay/", paper.papers, name="papers"),
    path("ky/<str:code>/giay/in/<uuid:judge_id>/", paper.print_sheets, name="print_sheets"),
    path("ky/<str:code>/giay/in/<uuid:judge_id>.pdf", paper.printed, name="printed"),
    path("ky/<str:code>/giay/<uuid:sheet_id>/", paper.paper_case, name="paper_case"),
    path("ky/<str:code>/giay/<uuid:sheet_id>/ban-chup/", paper.scan, name="paper_scan"),
    path("ky/<str:code>/nhac/", progress.remind, name="remind"),
    path("ky/<str:code>/ho-so/<uuid:entry_id>/", progress.entry, name="entry"),
    path("ky/<str:code>/ho-so/<uuid:entry_id>/mo-niem-phong/", progress.unseal, name="unseal"),
    path("ky/<str:code>/ho-so/<uuid:entry_id>/mo-lai/<uuid:sheet_id>/", progress.reopen, name="reopen"),
    path("xung-dot/", interests.mine, name="interests"),
    path("xung-dot/ban-than/", interests.profile, name="profile"),
    path("xung-dot/ban-than/dia-chi/", interests.address, name="address"),
    path("xung-dot/ban-than/<uuid:affiliation_id>/bo/", interests.remove, name="remove_affiliation"),
    path("xung-dot/<str:code>/chon/", interests.choose, name="choose_facility"),
    path("xung-dot/<str:code>/khai/<uuid:facility_id>/", interests.declare, name="declare"),
    path("xung-dot/<str:code>/", conflicts.conflicts, name="conflicts"),
    path("xung-dot/<str:code>/doi-chieu/", conflicts.look_again, name="look_again"),
    path("xung-dot/<str:code>/xung-dot.xlsx", conflicts.conflicts_xlsx, name="conflicts_xlsx"),
    path("xung-dot/<str:code>/<uuid:conflict_id>/", conflicts.conflict, name="conflict"),
    path("xung-dot/<str:code>/<uuid:conflict_id>/<str:verb>/", conflicts.decide, name="decide_conflict"),
    path("<uuid:sheet_id>/", sheets.sheet, name="sheet"),
    path("<uuid:sheet_id>/giay-to/<uuid:paper_id>/", sheets.paper, name="paper"),
    path("<uuid:sheet_id>/luu/", sheets.save, name="save"),
    path("<uuid:sheet_id>/khoa/", sheets.lock, name="lock"),
]
