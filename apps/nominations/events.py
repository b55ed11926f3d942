"""What can happen to a packet on both sides."""

from enum import StrEnum

from tieubieu.audit.tags import register


@register
class NominationEvent(StrEnum):
    SEALED = "nominations.packet.sealed"
    DELIVERED = "nominations.packet.delivered"
    RECEIVED = "nominations.packet.received"
    ACCEPTED = "nominations.packet.accepted"
    BROUGHT_UP = "nominations.entry.brought_up"
    PROPOSED = "nominations.entry.proposed"
    DROPPED = "nominations.entry.dropped"
    PROPOSAL_SENT = "nominations.proposal.sent"

    @property
    def sentence(self) -> str:
        return {
            self.SEALED: "Niêm phong gói đề cử",
            self.DELIVERED: "Gói đề cử đã tới nơi nhận",
            self.RECEIVED: "Nhận gói đề cử",
            self.ACCEPTED: "Tiếp nhận gói đề cử",
            self.BROUGHT_UP: "Đưa sản phẩm đã công nhận cấp xã lên kỳ cấp tỉnh",
            self.PROPOSED: "Đưa hồ sơ vào văn bản đề nghị của xã",
            self.DROPPED: "Bỏ hồ sơ khỏi văn bản đề nghị của xã",
            self.PROPOSAL_SENT: "Gửi văn bản đề nghị của xã",
        }[self]
