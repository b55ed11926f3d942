"""Certificates, read only."""

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from rest_framework import serializers

from apps.councils.models import Selection
from apps.recognition.models import Certificate
from apps.recognition.queries import state_on
from apps.rounds.queries import published_rounds
from tieubieu.api.pages import CursorPages
from tieubieu.api.views import ReadOnlyView

# What the council concluded about the entry of a certificate.
AWARDED = Selection.objects.filter(
    entry=OuterRef("entry"), session__round=OuterRef("decision__round"), session__closed_at__isnull=False
).order_by("-session__closed_at")


class CertificateOut(serializers.ModelSerializer[Certificate]):
    state = serializers.SerializerMethodField()
    decision = serializers.CharField(source="decision.number", default="", read_only=True)
    tier = serializers.CharField(default="", read_only=True, label="mức khen thưởng")

    class Meta:
        model = Certificate
        fields = [
            "id",
            "number",
            "level",
            "year",
            "product_name",
            "holder_name",
            "holder_address",
            "group",
            "decision",
            "tier",
            "issued_on",
            "valid_until",
            "state",
            "is_demo",
        ]

    def get_state(self, certificate: Certificate) -> str:
        return state_on(certificate, timezone.localdate())


class CertificatePages(CursorPages):
    ordering = ("number", "id")


class CertificateView(ReadOnlyView[Certificate]):
    """Giấy chứng nhận đã cấp của các kỳ đã công bố."""

    serializer_class = CertificateOut
    pagination_class = CertificatePages
    required_scopes = ["certificates:read"]
    queryset = Certificate.objects.none()

    def get_queryset(self) -> QuerySet[Certificate]:
        found = Certificate.objects.filter(decision__round__in=published_rounds()).select_related("decision")
        return found.annotate(tier=Coalesce(Subquery(AWARDED.values("tier")[:1]), Value("")))
