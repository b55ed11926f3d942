"""What can happen to a packet on both sides."""

from enum import StrEnum

from tieubieu.audit.tags import register


@register
class NominationEvent(StrEnum):
    SEALED = "nominations.packet.sealed"
    DELIVERED = "nominations.packet.delivered"
    RECEIVED = "nominations.packet.received"
    ACCEPTED = "nominations.packet.accepted"

    @property
    def sentence(self) -> str:
        return {
            self.SEALED: "Niêm phong gói đề cử",
            self.DELIVERED: "Gói đề cử đã tới nơi nhận",
            self.RECEIVED: "Nhận gói đề cử",
            self.ACCEPTED: "Tiếp nhận gói đề cử",
        }[self]
