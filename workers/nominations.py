"""Carry a sealed packet from the tenant that asked to the tenant that receives."""

from uuid import UUID

from apps.nominations.models import Packet
from apps.nominations.services import DELIVER, acknowledge, packet_bytes, receive
from tenants.gateways import describe, inside
from tieubieu.binding import current
from tieubieu.outbox.errands import errand


@errand(DELIVER, queue="nominations", lease=300)
def deliver(*, packet_id: str) -> None:
    """Idempotent in each half: the receiver knows the packet's id, the sender its own state."""
    packet = Packet.objects.get(pk=packet_id)
    data = packet_bytes(packet)
    sender = describe(current())
    with inside(packet.target):
        digest = receive(
            UUID(packet_id),
            data,
            sender=sender.slug,
            sender_name=sender.name,
            province_code=sender.province_code,
        ).digest
    acknowledge(UUID(packet_id), digest=digest)
