"""What can happen to a round, as the audit log tells it."""

from enum import StrEnum

from tieubieu.audit.tags import register


@register
class RoundEvent(StrEnum):
    PLANNED = "rounds.round.planned"
    ADVANCED = "rounds.round.advanced"
    PLAN_APPROVED = "rounds.plan.approved"
    WINDOW_SET = "rounds.window.set"
    FILING_REOPENED = "rounds.filing.reopened"
    APPOINTED = "rounds.member.appointed"
    REPLACED = "rounds.member.replaced"
    INVITED = "rounds.member.invited"
    RELEASED = "rounds.member.released"
    RESEATED = "rounds.member.reseated"
    PLAN_WRITTEN = "rounds.plan.written"
    PLAN_REVISED = "rounds.plan.revised"
    OFFICER_NAMED = "rounds.officer.named"
    BASES_SAVED = "rounds.bases.saved"
    CHOICES_SAVED = "rounds.choices.saved"
    COPIED = "rounds.setup.copied"
    HANDING_CHOSEN = "rounds.handing.chosen"
    EXPERTISE_STATED = "rounds.member.expertise_stated"
    DAY_SET = "rounds.day.set"
    DAY_REMOVED = "rounds.day.removed"

    @property
    def sentence(self) -> str:
        return {
            self.PLANNED: "Lập kỳ bình chọn",
            self.ADVANCED: "Chuyển giai đoạn của kỳ bình chọn",
            self.PLAN_APPROVED: "Duyệt kế hoạch và chốt bộ quy định",
            self.WINDOW_SET: "Đặt thời hạn",
            self.FILING_REOPENED: "Mở lại nhận hồ sơ",
            self.APPOINTED: "Bổ nhiệm thành viên",
            self.REPLACED: "Thay thành viên",
            self.INVITED: "Cấp mã một lần cho thành viên mới được cử",
            self.RELEASED: "Cho thôi thành viên",
            self.RESEATED: "Đổi cương vị hoặc thứ tự của thành viên",
            self.PLAN_WRITTEN: "Ghi văn bản kế hoạch",
            self.PLAN_REVISED: "Mở lại kế hoạch đã duyệt để sửa",
            self.OFFICER_NAMED: "Giao cán bộ phụ trách kỳ",
            self.BASES_SAVED: "Lưu danh sách căn cứ",
            self.CHOICES_SAVED: "Lưu lựa chọn của kỳ bình chọn",
            self.COPIED: "Chép thiết lập của kỳ trước",
            self.HANDING_CHOSEN: "Chọn cách giao phiếu chấm",
            self.EXPERTISE_STATED: "Ghi chuyên môn của giám khảo",
            self.DAY_SET: "Ghi ngày nghỉ của địa phương",
            self.DAY_REMOVED: "Bỏ ngày nghỉ của địa phương",
        }[self]
