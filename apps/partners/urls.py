"""`/api/v1/` on a tenant's host."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView
from oauth2_provider.views import TokenView
from rest_framework.permissions import AllowAny
from rest_framework.routers import SimpleRouter

from apps.councils.api import ResultView
from apps.dossiers.api import EntryView
from apps.nominations.api import InboxView, NominationView
from apps.recognition.api import CertificateView
from apps.rounds.api import RoundView

router = SimpleRouter()
router.register("rounds", RoundView, basename="round")
router.register("entries", EntryView, basename="entry")
router.register("results", ResultView, basename="result")
router.register("certificates", CertificateView, basename="certificate")
router.register("nominations", NominationView, basename="nomination")
router.register("inbox", InboxView, basename="inbox")

app_name = "api"
urlpatterns = [
    path("token/", TokenView.as_view(), name="token"),
    path(
        "openapi.json",
        SpectacularAPIView.as_view(permission_classes=[AllowAny], authentication_classes=[]),
        name="schema",
    ),
    path("", include(router.urls)),
]
