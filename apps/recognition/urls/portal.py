from django.urls import path

from apps.recognition.pages import complaints, results

app_name = "results"
urlpatterns = [
    path("<uuid:entry_id>/ket-qua/", results.result, name="result"),
    path("<uuid:entry_id>/khieu-nai/", complaints.complain, name="complain"),
    path("<uuid:entry_id>/khieu-nai/<slug:code>/", complaints.complaint, name="complaint"),
    path("<uuid:entry_id>/khieu-nai/<slug:code>/giay-to/", complaints.more_papers, name="more_papers"),
    path("<uuid:entry_id>/khieu-nai/<slug:code>/giay-to/<uuid:paper_id>/", complaints.paper, name="paper"),
    path("<uuid:entry_id>/khieu-nai/<slug:code>/rut/", complaints.withdraw, name="withdraw"),
]
