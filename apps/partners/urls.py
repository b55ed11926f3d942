"""`/api/v1/` on a tenant's host."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from apps.councils.api import ResultView
from apps.dossiers.api import EntryView
from apps.nominations.api import InboxView, NominationView
from apps.partners.schema import Description
from apps.partners.tokens import Token
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
    path("token/", Token.as_view(), name="token"),
    path("openapi.json", Description.as_view(), name="schema"),
    path("", include(router.urls)),
]
