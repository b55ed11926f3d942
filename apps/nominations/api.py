"""Nominations, read only: what this tenant sent of its published rounds, and what it received. No marks."""

from django.db.models import QuerySet
from rest_framework import serializers

from apps.nominations.models import InboxPacket, Nominee, Packet
from apps.rounds.queries import published_rounds
from tieubieu.api.views import ReadOnlyView


class PacketOut(serializers.ModelSerializer[Packet]):
    round = serializers.CharField(source="round.code", read_only=True)
    entries = serializers.SerializerMethodField()

    class Meta:
        model = Packet
        fields = ["id", "round", "target", "target_level", "letter_number", "letter_on", "digest", "state", "entries"]

    def get_entries(self, packet: Packet) -> list[str]:
        return sorted(place.entry.code for place in packet.entries.all())


class NomineeOut(serializers.ModelSerializer[Nominee]):
    class Meta:
        model = Nominee
        fields = ["entry_id", "product_name", "holder_name", "group", "certificate_number", "valid_until"]


class InboxOut(serializers.ModelSerializer[InboxPacket]):
    matches = serializers.BooleanField(read_only=True)
    nominees = NomineeOut(many=True, read_only=True)

    class Meta:
        model = InboxPacket
        fields = ["id", "sender", "province_code", "target_level", "digest", "matches", "state", "nominees"]


class NominationView(ReadOnlyView[Packet]):
    """Gói đề cử đã gửi lên cấp trên, của các kỳ đã công bố."""

    serializer_class = PacketOut
    required_scopes = ["nominations:read"]
    queryset = Packet.objects.none()

    def get_queryset(self) -> QuerySet[Packet]:
        return (
            Packet.objects.filter(round__in=published_rounds())
            .select_related("round")
            .prefetch_related("entries__entry")
        )


class InboxView(ReadOnlyView[InboxPacket]):
    """Gói đề cử nhận từ cấp dưới."""

    serializer_class = InboxOut
    required_scopes = ["nominations:read"]
    queryset = InboxPacket.objects.none()

    def get_queryset(self) -> QuerySet[InboxPacket]:
        return InboxPacket.objects.prefetch_related("nominees")
