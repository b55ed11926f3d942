from django.urls import path

from apps.councils.pages import desk, follow, minutes

app_name = "councils"
urlpatterns = [
    path("hop-hoi-dong/", follow.mine, name="mine"),
    path("hop-hoi-dong/viec/<uuid:job_id>/", minutes.progress, name="job"),
    path("<str:code>/hoi-dong/", desk.council, name="session"),
    path("<str:code>/hoi-dong/tinh-hinh/", desk.status, name="status"),
    path("<str:code>/hoi-dong/theo-doi/", follow.follow, name="follow"),
    path("<str:code>/hoi-dong/theo-doi/phan/", follow.live, name="live"),
    path("<str:code>/hoi-dong/phieu/<uuid:ballot_id>/", follow.vote, name="vote"),
    path("<str:code>/hoi-dong/bien-ban/", minutes.minutes, name="minutes"),
    path("<str:code>/hoi-dong/bien-ban/lap/", minutes.make, name="make_minutes"),
    path("<str:code>/hoi-dong/danh-sach.xlsx", minutes.workbook, name="workbook"),
    path("<str:code>/hoi-dong/lam/<str:verb>/", desk.act, name="act"),
]
