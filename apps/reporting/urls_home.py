from django.urls import path

from apps.reporting import pages

urlpatterns = [
    path("", pages.home, name="home"),
    path("ket-qua/<str:code>/", pages.published, name="published"),
]
