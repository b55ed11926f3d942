"""The public host: the nation's register and certificate verification, for anyone."""

from django.urls import include, path

from tieubieu.health import health

urlpatterns = [
    path("suc-khoe/", health),
    path("", include("apps.catalogue.urls")),
]

handler400 = "tieubieu.pages.bad_request"
handler403 = "tieubieu.pages.forbidden"
handler404 = "tieubieu.pages.not_found"
handler500 = "tieubieu.pages.server_error"
