from django.urls import path

from apps.recognition.pages import certificates

app_name = "recognition"
urlpatterns = [
    path("<uuid:certificate_id>.pdf", certificates.certificate_pdf, name="pdf"),
    path("lien-ket/<str:token>.pdf", certificates.shared_pdf, name="shared_pdf"),
]
