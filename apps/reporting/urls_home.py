from django.urls import path

from apps.reporting import pages, verifying

urlpatterns = [
    path("", pages.home, name="home"),
    path("tu-kiem-chung/", verifying.how_to_verify, name="how_to_verify"),
    path("tu-kiem-chung/verify_snapshot.py", verifying.verifier, name="verifier"),
    path("ket-qua/<str:code>/", pages.published, name="published"),
]
