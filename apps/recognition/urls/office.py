from django.urls import path

from apps.recognition.pages import publication

app_name = "publication"
urlpatterns = [
    path("<str:code>/bao-ket-qua/", publication.publication, name="told"),
    path("<str:code>/bao-ket-qua.xlsx", publication.publication_xlsx, name="told_xlsx"),
]
