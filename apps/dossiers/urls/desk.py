from django.urls import path

from apps.dossiers.pages import bulk, deciding, desk, dossier, joining, minutes

app_name = "desk"
urlpatterns = [
    path("", desk.queue, name="queue"),
    path("ho-so.xlsx", desk.export, name="export"),
    path("cach-xem/", desk.keep_view, name="keep_view"),
    path("cach-xem/<uuid:view_id>/bo/", desk.drop_view, name="drop_view"),
    path("hang-loat/", bulk.bulk, name="bulk"),
    path("gop/", joining.join, name="join"),
    path("bien-ban/<str:code>/", minutes.minutes, name="minutes"),
    path("bien-ban/<str:code>.xlsx", minutes.minutes_xlsx, name="minutes_xlsx"),
    path("<uuid:entry_id>/", dossier.dossier, name="dossier"),
    path("<uuid:entry_id>/muc/", dossier.check, name="check"),
    path("<uuid:entry_id>/tiep-nhan/", deciding.accept, name="accept"),
    path("<uuid:entry_id>/khong-hop-le/", deciding.refuse, name="refuse"),
    path("<uuid:entry_id>/mo-lai/", deciding.reopen, name="reopen"),
    path("<uuid:entry_id>/giao/", deciding.assign, name="assign"),
    path("<uuid:entry_id>/bo-sung/", deciding.supplement, name="supplement"),
    path("<uuid:entry_id>/bo-sung/rut/", deciding.cancel, name="cancel"),
    path("<uuid:entry_id>/trao-doi/", deciding.note, name="note"),
    path("<uuid:entry_id>/lich-su/", deciding.history, name="history"),
    path("<uuid:entry_id>/lich-su.xlsx", deciding.history_xlsx, name="history_xlsx"),
    path("<uuid:entry_id>/giay-to/<uuid:paper_id>/", deciding.paper, name="paper"),
    path("<uuid:entry_id>/tach/", joining.take_apart, name="take_apart"),
]
