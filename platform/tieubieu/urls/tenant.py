"""A tenant's own host: its pages and its API. Rooms are named by string; the ground imports none."""

from django.urls import include, path

from tieubieu.health import health

urlpatterns = [
    path("suc-khoe/", health),
    path("tai-khoan/dang-ky/", include("apps.facilities.urls_sign_up")),
    path("tai-khoan/", include("apps.accounts.urls")),
    path("ky-binh-chon/", include("apps.rounds.urls")),
    path("ky-binh-chon/", include("apps.councils.urls")),
    path("ky-binh-chon/", include("apps.recognition.urls.office")),
    path("ky-binh-chon/", include("apps.reporting.urls")),
    path("co-so/", include("apps.facilities.urls")),
    path("kiem-tra/", include("apps.dossiers.urls.desk")),
    path("ho-so/", include("apps.dossiers.urls.portal")),
    path("cham-diem/", include("apps.judging.urls")),
    path("cham-lai/", include("apps.recognition.urls.reviews")),
    path("chung-nhan/", include("apps.recognition.urls.certificates")),
    path("ho-so/", include("apps.recognition.urls.portal")),
    path("de-cu/", include("apps.nominations.urls")),
    path("van-dong/", include("apps.outreach.urls")),
    path("thong-bao/", include("tieubieu.notices.urls")),
    path("api/v1/", include("apps.partners.urls")),
    path("", include("apps.rounds.urls_home")),
    path("", include("apps.reporting.urls_home")),
]

handler400 = "tieubieu.pages.bad_request"
handler403 = "tieubieu.pages.forbidden"
handler404 = "tieubieu.pages.not_found"
handler500 = "tieubieu.pages.server_error"
