from django.urls import path

from apps.reporting import advising, deciding, pages, verifying

app_name = "rounds"
urlpatterns = [
    path("viec/<uuid:job_id>/", pages.job_progress, name="job"),
    path("viec/<uuid:job_id>/lam-lai/", pages.do_again, name="do_again"),
    path("<str:code>/", pages.show_cockpit, name="cockpit"),
    path("<str:code>/ket-qua-cham/", pages.results, name="results"),
    path("<str:code>/ket-qua-cham.xlsx", pages.results_xlsx, name="results_xlsx"),
    path("<str:code>/ket-qua-cham.json", verifying.snapshot_file, name="snapshot_file"),
    path("<str:code>/tham-khao/", advising.advice, name="advice"),
    path("<str:code>/tham-khao.xlsx", advising.advice_xlsx, name="advice_xlsx"),
    path("<str:code>/quyet-dinh/", deciding.decision, name="decision"),
    path("<str:code>/giay-chung-nhan/", deciding.certificates, name="certificates"),
    path("<str:code>/de-cu/", deciding.nomination, name="nomination"),
    path("<str:code>/lam/<str:verb>/", pages.act, name="act"),
]
