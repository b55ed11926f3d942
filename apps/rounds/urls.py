from django.urls import path

from apps.rounds.pages import choosing, copying, days, frames, lists, plan, seats, setup, windows

app_name = "setup"
urlpatterns = [
    path("", lists.rounds, name="rounds"),
    path("ky-binh-chon.xlsx", lists.rounds_xlsx, name="rounds_xlsx"),
    path("moi/", lists.new_round, name="new_round"),
    path("viec-can-lam/", lists.my_work, name="my_work"),
    path("viec-can-lam.xlsx", lists.my_work_xlsx, name="my_work_xlsx"),
    path("lich/", days.days, name="days"),
    path("lich/<uuid:day_id>/bo/", days.remove_day, name="remove_day"),
    path("<str:code>/thiet-lap/", setup.overview, name="overview"),
    path("<str:code>/thiet-lap/phu-trach/", setup.officer, name="officer"),
    path("<str:code>/thiet-lap/duyet/", setup.approve, name="approve"),
    path("<str:code>/thiet-lap/sua-lai/", setup.revise, name="revise"),
    path("<str:code>/thiet-lap/mo/", setup.open_filing, name="open"),
    path("<str:code>/thiet-lap/ke-hoach/", plan.plan, name="plan"),
    path("<str:code>/thiet-lap/ke-hoach/tep/", plan.plan_file, name="plan_file"),
    path("<str:code>/thiet-lap/can-cu/", plan.bases, name="bases"),
    path("<str:code>/thiet-lap/can-cu/sua/", plan.edit_bases, name="edit_bases"),
    path("<str:code>/thiet-lap/quy-dinh/", choosing.rules, name="rules"),
    path("<str:code>/thiet-lap/quy-dinh/kiem-tra/", choosing.check_rules, name="check_rules"),
    path("<str:code>/thiet-lap/khung-diem/", frames.frames, name="frames"),
    path("<str:code>/thiet-lap/khung-diem/<str:which>/", frames.frame, name="frame"),
    path("<str:code>/thiet-lap/khung-diem/<str:which>/kiem-tra/", frames.check_frame, name="check_frame"),
    path("<str:code>/thiet-lap/so-luong-muc-thuong/", choosing.awards, name="awards"),
    path("<str:code>/thiet-lap/thoi-han/", windows.windows, name="windows"),
    path("<str:code>/thiet-lap/thoi-han/<str:kind>/", windows.window, name="window"),
    path("<str:code>/thiet-lap/thanh-vien.xlsx", seats.seats_xlsx, name="seats_xlsx"),
    path("<str:code>/thiet-lap/thanh-vien/<uuid:seat_id>/", seats.seat, name="seat"),
    path("<str:code>/thiet-lap/thanh-vien/<uuid:seat_id>/thay/", seats.replace, name="replace"),
    path("<str:code>/thiet-lap/thanh-vien/<uuid:seat_id>/thoi/", seats.release, name="release"),
    path("<str:code>/thiet-lap/to-chuc/<str:slug>/", seats.body, name="body"),
    path("<str:code>/thiet-lap/to-chuc/<str:slug>/nguoi-moi/", seats.new_member, name="new_member"),
    path("<str:code>/thiet-lap/chep/", copying.copy, name="copy"),
]
