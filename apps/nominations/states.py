"""The life of a packet, on the sender's side and on the receiver's."""

from django.db import models


class PacketState(models.TextChoices):
    SEALED = "sealed", "Đã niêm phong, chờ gửi"
    DELIVERED = "delivered", "Đã tới nơi nhận"


class InboxState(models.TextChoices):
    RECEIVED = "received", "Mới nhận"
    ACCEPTED = "accepted", "Đã tiếp nhận"


class ProposalState(models.TextChoices):
    DRAFT = "draft", "Đang lập"
    SENT = "sent", "Đã gửi tỉnh"


PROPOSAL_MOVES: dict[str, tuple[frozenset[ProposalState], ProposalState]] = {
    "send": (frozenset({ProposalState.DRAFT}), ProposalState.SENT),
}
PACKET_MOVES: dict[str, tuple[frozenset[PacketState], PacketState]] = {
    "acknowledge": (frozenset({PacketState.SEALED}), PacketState.DELIVERED),
}
INBOX_MOVES: dict[str, tuple[frozenset[InboxState], InboxState]] = {
    "accept": (frozenset({InboxState.RECEIVED}), InboxState.ACCEPTED),
}
