"""Rounds, read only."""

from django.db.models import QuerySet
from rest_framework import serializers

from apps.rounds.models import Round, Window
from tieubieu.api.pages import CursorPages
from tieubieu.api.views import ReadOnlyView


class WindowOut(serializers.ModelSerializer[Window]):
    class Meta:
        model = Window
        fields = ["kind", "opens_at", "closes_at"]


class RoundOut(serializers.ModelSerializer[Round]):
    windows = WindowOut(many=True, read_only=True)

    class Meta:
        model = Round
        fields = [
            "id",
            "code",
            "level",
            "year",
            "ordinal",
            "name",
            "area_code",
            "phase",
            "plan_number",
            "plan_on",
            "rules_digest",
            "is_demo",
            "windows",
        ]


class RoundPages(CursorPages):
    ordering = ("code", "id")


class RoundView(ReadOnlyView[Round]):
    """Kỳ bình chọn của đơn vị."""

    serializer_class = RoundOut
    pagination_class = RoundPages
    required_scopes = ["rounds:read"]
    queryset = Round.objects.none()

    def get_queryset(self) -> QuerySet[Round]:
        return Round.objects.exclude(phase="draft").prefetch_related("windows")
