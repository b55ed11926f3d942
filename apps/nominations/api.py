"""Nominations, read only: what this tenant sent, and what it received."""

from django.db.models import QuerySet
from rest_framework import serializers, viewsets

from apps.nominations.models import InboxPacket, Nominee, Packet
from tieubieu.api.pages import CursorPages


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
        fields = ["entry_id", "product_name", "holder_name", "group", "certificate_number", "valid_until", "total"]


class InboxOut(serializers.ModelSerializer[InboxPacket]):
    matches = serializers.BooleanField(read_only=True)
    nominees = NomineeOut(many=True, read_only=True)

    class Meta:
        model = InboxPacket
        fields = ["id", "sender", "province_code", "target_level", "digest", "matches", "state", "nominees"]


class NominationView(viewsets.ReadOnlyModelViewSet[Packet]):
    """Gói đề cử đã gửi lên cấp trên."""

    serializer_class = PacketOut
    pagination_class = CursorPages
    required_scopes = ["nominations:read"]
    queryset = Packet.objects.none()

    def get_queryset(self) -> QuerySet[Packet]:
        return Packet.objects.select_related("round").prefetch_related("entries__entry")


class InboxView(viewsets.ReadOnlyModelViewSet[InboxPacket]):
    """Gói đề cử nhận từ cấp dưới."""

    serializer_class = InboxOut
    pagination_class = CursorPages
    required_scopes = ["nominations:read"]
    queryset = InboxPacket.objects.none()

    def get_queryset(self) -> QuerySet[InboxPacket]:
        return InboxPacket.objects.prefetch_related("nominees")
