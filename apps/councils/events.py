"""What can happen in a council session."""

from enum import StrEnum

from tieubieu.audit.tags import register


@register
class CouncilEvent(StrEnum):
    CONVENED = "councils.session.convened"
    ARRIVED = "councils.member.arrived"
    LEFT = "councils.member.left"
    CHAIR_NAMED = "councils.chair.named"
    SECRETARY_NAMED = "councils.secretary.named"
    ITEM_ADDED = "councils.item.added"
    NOTED = "councils.item.noted"
    BALLOT_OPENED = "councils.ballot.opened"
    VOTE_CAST = "councils.vote.cast"
    BALLOT_CLOSED = "councils.ballot.closed"
    BALLOT_ANNULLED = "councils.ballot.annulled"
    LEFT_OUT = "councils.entries.left_out"
    SELECTED = "councils.selection.made"
    CONCLUDED = "councils.session.concluded"
    MINUTES_ASKED = "councils.minutes.asked"
    MINUTES_MADE = "councils.minutes.made"

    @property
    def sentence(self) -> str:
        return SENTENCES[self]


SENTENCES = {
    CouncilEvent.CONVENED: "Khai mạc phiên họp Hội đồng",
    CouncilEvent.ARRIVED: "Thành viên vào họp",
    CouncilEvent.LEFT: "Thành viên rời phiên họp",
    CouncilEvent.CHAIR_NAMED: "Giao chủ tọa phiên họp",
    CouncilEvent.SECRETARY_NAMED: "Giao thư ký phiên họp",
    CouncilEvent.ITEM_ADDED: "Thêm nội dung vào chương trình họp",
    CouncilEvent.NOTED: "Ghi ý kiến thảo luận",
    CouncilEvent.BALLOT_OPENED: "Mở biểu quyết",
    CouncilEvent.VOTE_CAST: "Thành viên Hội đồng bỏ phiếu",
    CouncilEvent.BALLOT_CLOSED: "Kiểm phiếu, kết thúc biểu quyết",
    CouncilEvent.BALLOT_ANNULLED: "Hủy kết quả biểu quyết",
    CouncilEvent.LEFT_OUT: "Ghi lý do không chọn",
    CouncilEvent.SELECTED: "Hội đồng biểu quyết chọn sản phẩm",
    CouncilEvent.CONCLUDED: "Bế mạc phiên họp, chốt danh sách",
    CouncilEvent.MINUTES_ASKED: "Yêu cầu lập biên bản họp Hội đồng",
    CouncilEvent.MINUTES_MADE: "Lập biên bản họp Hội đồng",
}
