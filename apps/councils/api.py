"""Results of published rounds, read only: the council's outcome per entry. No sheet, no judge."""

from django.db.models import F, QuerySet
from rest_framework import serializers

from apps.councils.models import Selection
from apps.rounds.queries import published_rounds
from tieubieu.api.pages import CursorPages
from tieubieu.api.views import ReadOnlyView


class ResultOut(serializers.ModelSerializer[Selection]):
    round = serializers.CharField(source="entry.round.code", read_only=True)
    entry = serializers.CharField(source="entry.code", read_only=True)
    name = serializers.CharField(source="entry.name", read_only=True)
    facility = serializers.CharField(source="entry.facility.name", read_only=True)
    snapshot = serializers.CharField(source="session.snapshot.digest", read_only=True)

    class Meta:
        model = Selection
        fields = ["id", "round", "entry", "name", "facility", "outcome", "tier", "snapshot"]


class ResultPages(CursorPages):
    ordering = ("entry_code", "id")


class ResultView(ReadOnlyView[Selection]):
    """Kết quả bình chọn của các kỳ đã công bố."""

    serializer_class = ResultOut
    pagination_class = ResultPages
    required_scopes = ["rounds:read"]
    queryset = Selection.objects.none()

    def get_queryset(self) -> QuerySet[Selection]:
        return (
            Selection.objects.filter(entry__round__in=published_rounds())
            .select_related("entry__round", "entry__facility", "session__snapshot")
            .annotate(entry_code=F("entry__code"))
        )
