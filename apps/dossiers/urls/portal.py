"""The facility's portal, at /ho-so/."""

from django.urls import path

from apps.dossiers.pages import answers, assisting, filling, form_editor, home, papers, receipts

app_name = "dossiers"
urlpatterns = [
    path("", home.home, name="home"),
    path("giup/", assisting.assist, name="assist"),
    path("mau/", form_editor.editor, name="form_editor"),
    path("mau/mau-ho-so.xlsx", form_editor.export, name="form_export"),
    path("mau/them/", form_editor.add, name="form_add"),
    path("mau/xem-truoc/", form_editor.preview, name="form_preview"),
    path("mau/ap-dung/", form_editor.publish, name="form_publish"),
    path("mau/bo/", form_editor.discard, name="form_discard"),
    path("mau/o/<slug:code>/", form_editor.reword, name="form_reword"),
    path("mau/o/<slug:code>/doi/", form_editor.change, name="form_change"),
    path("moi/<uuid:round_id>/", home.begin, name="begin"),
    path("bien-nhan/<slug:code>/", receipts.receipt, name="receipt"),
    path("bien-nhan/<slug:code>/ban-in.pdf", receipts.receipt_pdf, name="receipt_pdf"),
    path("bien-nhan/<slug:code>/ban-in/", receipts.receipt_made, name="receipt_made"),
    path("bien-nhan/<slug:code>/lap-lai/", receipts.print_receipt_again, name="receipt_again"),
    path("xac-nhan/<str:token>/", receipts.confirm_by_link, name="confirm_by_link"),
    path("<uuid:entry_id>/", filling.tasks, name="tasks"),
    path("<uuid:entry_id>/chep/", home.copy, name="copy"),
    path("<uuid:entry_id>/san-pham/", filling.describe, name="describe"),
    path("<uuid:entry_id>/buoc/<slug:code>/", answers.step, name="step"),
    path("<uuid:entry_id>/muc/<slug:code>/", answers.section, name="section"),
    path("<uuid:entry_id>/luu/", answers.save, name="save"),
    path("<uuid:entry_id>/anh/", papers.photos, name="photos"),
    path("<uuid:entry_id>/giay-to/", papers.papers, name="papers"),
    path("<uuid:entry_id>/tep/", papers.upload, name="upload"),
    path("<uuid:entry_id>/tep/<uuid:paper_id>/", papers.paper, name="paper"),
    path("<uuid:entry_id>/tep/<uuid:paper_id>/doi/", papers.change, name="change_paper"),
    path("<uuid:entry_id>/kiem-tra/", filling.check, name="check"),
    path("<uuid:entry_id>/gui/", filling.submit, name="submit"),
    path("<uuid:entry_id>/rut/", filling.withdraw, name="withdraw"),
    path("<uuid:entry_id>/xac-nhan/", receipts.confirm, name="confirm"),
    path("<uuid:entry_id>/trao-doi/", receipts.talk, name="talk"),
]
