from django.urls import path

from apps.recognition import pages

app_name = "recognition"
urlpatterns = [
    path("<uuid:certificate_id>.pdf", pages.certificate_pdf, name="pdf"),
    path("lien-ket/<str:token>.pdf", pages.shared_pdf, name="shared_pdf"),
]
