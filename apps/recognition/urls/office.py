from django.urls import path

from apps.recognition.pages import desk, entering, publication

app_name = "publication"
urlpatterns = [
    path("<str:code>/bao-ket-qua/", publication.publication, name="told"),
    path("<str:code>/bao-ket-qua.xlsx", publication.publication_xlsx, name="told_xlsx"),
    path("<str:code>/khieu-nai/", desk.complaints, name="complaints"),
    path("<str:code>/khieu-nai/nhap-don-giay/", entering.enter, name="enter_complaint"),
    path("<str:code>/khieu-nai.xlsx", desk.complaints_xlsx, name="complaints_xlsx"),
    path("<str:code>/khieu-nai/<uuid:complaint_id>/", desk.complaint, name="complaint"),
    path("<str:code>/khieu-nai/<uuid:complaint_id>/giay-to/<uuid:paper_id>/", desk.paper, name="paper"),
    path("<str:code>/khieu-nai/<uuid:complaint_id>/tiep-nhan/", desk.receive, name="receive"),
    path("<str:code>/khieu-nai/<uuid:complaint_id>/giao-cham-lai/", desk.assign, name="assign"),
    path("<str:code>/khieu-nai/<uuid:complaint_id>/tinh-lai/", desk.compute, name="compute"),
    path("<str:code>/khieu-nai/<uuid:complaint_id>/tra-loi/", desk.answer, name="answer"),
]
