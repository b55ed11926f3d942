from django.urls import path

from apps.recognition.pages import results

app_name = "results"
urlpatterns = [
    path("<uuid:entry_id>/ket-qua/", results.result, name="result"),
]
