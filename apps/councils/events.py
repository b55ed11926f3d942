"""What can happen in a council session."""

from enum import StrEnum

from tieubieu.audit.tags import register


@register
class CouncilEvent(StrEnum):
    CONVENED = "councils.session.convened"
    SELECTED = "councils.selection.made"
    CONCLUDED = "councils.session.concluded"

    @property
    def sentence(self) -> str:
        return {
            self.CONVENED: "Khai mạc phiên họp Hội đồng",
            self.SELECTED: "Hội đồng biểu quyết chọn sản phẩm",
            self.CONCLUDED: "Bế mạc phiên họp, chốt danh sách",
        }[self]
