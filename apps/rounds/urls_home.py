from django.urls import path

from apps.rounds.pages import public

urlpatterns = [
    path("thong-bao-ky/<str:code>/", public.announcement, name="announcement"),
    path("thong-bao-ky/<str:code>/ke-hoach/", public.announced_plan, name="announced_plan"),
]
