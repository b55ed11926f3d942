from django.urls import path

from tieubieu.notices import pages

app_name = "notices"
urlpatterns = [
    path("", pages.mine, name="mine"),
    path("da-doc/", pages.read, name="read"),
    path("chua-doc/", pages.unread, name="unread"),
    path("<uuid:notice_id>/", pages.notice, name="notice"),
    path("thu/", pages.sent, name="mails"),
    path("thu/thu-da-gui.xlsx", pages.export, name="export"),
    path("thu/<uuid:mail_id>/", pages.mail, name="mail"),
    path("thu/<uuid:mail_id>/gui-lai/", pages.send_again, name="resend"),
]
