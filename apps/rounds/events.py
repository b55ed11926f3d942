"""What can happen to a round, as the audit log tells it."""

from enum import StrEnum

from tieubieu.audit.tags import register


@register
class RoundEvent(StrEnum):
    PLANNED = "rounds.round.planned"
    ADVANCED = "rounds.round.advanced"
    PLAN_APPROVED = "rounds.plan.approved"
    WINDOW_SET = "rounds.window.set"
    APPOINTED = "rounds.member.appointed"

    @property
    def sentence(self) -> str:
        return {
            self.PLANNED: "Lập kỳ bình chọn",
            self.ADVANCED: "Chuyển giai đoạn của kỳ bình chọn",
            self.PLAN_APPROVED: "Duyệt kế hoạch và chốt bộ quy định",
            self.WINDOW_SET: "Đặt thời hạn",
            self.APPOINTED: "Bổ nhiệm thành viên",
        }[self]
