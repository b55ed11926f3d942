"""What can happen to a facility, its figures, its people and the craft villages."""

from enum import StrEnum

from tieubieu.audit.tags import register


@register
class FacilityEvent(StrEnum):
    REGISTERED = "facilities.facility.registered"
    PROPOSED = "facilities.facility.proposed"
    PROPOSED_AGAIN = "facilities.facility.proposed_again"
    APPROVED = "facilities.facility.approved"
    REFUSED = "facilities.facility.refused"
    REVISED = "facilities.facility.revised"
    IMPORTED = "facilities.facility.imported"
    MERGED = "facilities.facility.merged"
    TOOK_IN = "facilities.facility.took_in"
    FOUND_DISTINCT = "facilities.facility.found_distinct"
    FIGURES_ENTERED = "facilities.figures.entered"

    @property
    def sentence(self) -> str:
        return _FACILITY[self]


_FACILITY = {
    FacilityEvent.REGISTERED: "Đăng ký cơ sở",
    FacilityEvent.PROPOSED: "Cơ sở tự đăng ký, chờ duyệt",
    FacilityEvent.PROPOSED_AGAIN: "Sửa và đề nghị duyệt lại",
    FacilityEvent.APPROVED: "Duyệt vào danh sách cơ sở",
    FacilityEvent.REFUSED: "Chưa duyệt vào danh sách",
    FacilityEvent.REVISED: "Sửa thông tin cơ sở",
    FacilityEvent.IMPORTED: "Nhập từ bảng tính",
    FacilityEvent.MERGED: "Gộp vào cơ sở khác",
    FacilityEvent.TOOK_IN: "Nhận gộp một cơ sở trùng",
    FacilityEvent.FOUND_DISTINCT: "Xác nhận là hai cơ sở khác nhau",
    FacilityEvent.FIGURES_ENTERED: "Ghi số liệu năm",
}


@register
class AgentEvent(StrEnum):
    ASKED = "facilities.agent.asked"
    APPROVED = "facilities.agent.approved"
    REFUSED = "facilities.agent.refused"
    ENDED = "facilities.agent.ended"
    INVITED = "facilities.agent.invited"
    INVITATION_WITHDRAWN = "facilities.agent.invitation_withdrawn"
    JOINED = "facilities.agent.joined"

    @property
    def sentence(self) -> str:
        return {
            self.ASKED: "Đề nghị được làm thay cơ sở",
            self.APPROVED: "Duyệt người làm thay cơ sở",
            self.REFUSED: "Từ chối người đề nghị làm thay cơ sở",
            self.ENDED: "Kết thúc quyền làm thay cơ sở",
            self.INVITED: "Mời người làm thay cơ sở",
            self.INVITATION_WITHDRAWN: "Thu hồi lời mời",
            self.JOINED: "Nhận lời mời làm thay cơ sở",
        }[self]


@register
class LimitsEvent(StrEnum):
    WRITTEN = "facilities.limits.written"
    WITHDRAWN = "facilities.limits.withdrawn"

    @property
    def sentence(self) -> str:
        return {self.WRITTEN: "Ghi mức quy mô doanh nghiệp", self.WITHDRAWN: "Thôi dùng một mức quy mô doanh nghiệp"}[
            self
        ]


@register
class VillageEvent(StrEnum):
    LISTED = "facilities.village.listed"
    REVISED = "facilities.village.revised"

    @property
    def sentence(self) -> str:
        return {self.LISTED: "Ghi làng nghề được công nhận", self.REVISED: "Sửa thông tin làng nghề"}[self]
