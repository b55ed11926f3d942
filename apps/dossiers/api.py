"""Entries of published rounds, read only."""

from django.db.models import QuerySet
from rest_framework import serializers

from apps.dossiers.models import Entry
from apps.rounds.queries import published_rounds
from tieubieu.api.pages import CursorPages
from tieubieu.api.views import ReadOnlyView


class EntryOut(serializers.ModelSerializer[Entry]):
    round = serializers.CharField(source="round.code", read_only=True)
    facility = serializers.CharField(source="facility.name", read_only=True)
    merged_into = serializers.SerializerMethodField()

    class Meta:
        model = Entry
        fields = [
            "id",
            "round",
            "code",
            "name",
            "kind",
            "set_case",
            "group",
            "state",
            "facility",
            "merged_into",
            "is_demo",
        ]

    def get_merged_into(self, entry: Entry) -> str | None:
        return entry.merged_into.code if entry.merged_into else None


class EntryPages(CursorPages):
    ordering = ("code", "id")


class EntryView(ReadOnlyView[Entry]):
    """Hồ sơ dự bình chọn của các kỳ đã công bố."""

    serializer_class = EntryOut
    pagination_class = EntryPages
    required_scopes = ["rounds:read"]
    queryset = Entry.objects.none()

    def get_queryset(self) -> QuerySet[Entry]:
        return Entry.objects.filter(round__in=published_rounds()).select_related("round", "facility", "merged_into")
