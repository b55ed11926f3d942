"""What can happen to an entry, and to the forms it is filled in."""

from enum import StrEnum

from tieubieu.audit.tags import register


@register
class EntryEvent(StrEnum):
    DRAFTED = "dossiers.entry.drafted"
    DESCRIBED = "dossiers.entry.described"
    SUBMITTED = "dossiers.entry.submitted"
    FILED_AGAIN = "dossiers.entry.filed_again"
    RECEIPT_ASKED_AGAIN = "dossiers.entry.receipt_asked_again"
    OWNER_CONFIRMED = "dossiers.entry.owner_confirmed"
    WITHDRAWN = "dossiers.entry.withdrawn"
    ACCEPTED = "dossiers.entry.accepted"
    REFUSED = "dossiers.entry.refused"
    MERGED = "dossiers.entry.merged"

    @property
    def sentence(self) -> str:
        return {
            self.DRAFTED: "Lập hồ sơ",
            self.DESCRIBED: "Sửa tên, loại hoặc nhóm của sản phẩm dự bình chọn",
            self.SUBMITTED: "Gửi hồ sơ",
            self.FILED_AGAIN: "Gửi lại hồ sơ đã bổ sung",
            self.RECEIPT_ASKED_AGAIN: "Yêu cầu lập lại bản PDF của biên nhận",
            self.OWNER_CONFIRMED: "Chủ cơ sở xác nhận hồ sơ gửi giúp",
            self.WITHDRAWN: "Rút hồ sơ",
            self.ACCEPTED: "Tiếp nhận hồ sơ hợp lệ",
            self.REFUSED: "Kết luận hồ sơ không hợp lệ",
            self.MERGED: "Gộp hồ sơ thành bộ sản phẩm",
        }[self]


@register
class ScreeningEvent(StrEnum):
    """What happens to an entry at the desk, beside the decisions above."""

    ASSIGNED = "dossiers.entry.assigned"
    REOPENED = "dossiers.entry.reopened"
    DISSOLVED = "dossiers.set.dissolved"
    CHECKED = "dossiers.check.recorded"
    SUPPLEMENT_ASKED = "dossiers.supplement.asked"
    SUPPLEMENT_CANCELLED = "dossiers.supplement.cancelled"
    SUPPLEMENT_EXTENDED = "dossiers.supplement.extended"
    NOTE_WRITTEN = "dossiers.note.written"

    @property
    def sentence(self) -> str:
        return {
            self.ASSIGNED: "Giao hồ sơ cho người kiểm tra",
            self.REOPENED: "Mở lại kết luận về hồ sơ",
            self.DISSOLVED: "Tách bộ sản phẩm trở lại thành từng hồ sơ",
            self.CHECKED: "Ghi kết quả kiểm tra một mục",
            self.SUPPLEMENT_ASKED: "Yêu cầu bổ sung hồ sơ",
            self.SUPPLEMENT_CANCELLED: "Rút lại yêu cầu bổ sung",
            self.SUPPLEMENT_EXTENDED: "Gia hạn bổ sung theo thời hạn mới của kỳ",
            self.NOTE_WRITTEN: "Trao đổi về hồ sơ",
        }[self]


@register
class PaperEvent(StrEnum):
    ADDED = "dossiers.paper.added"
    REMOVED = "dossiers.paper.removed"

    @property
    def sentence(self) -> str:
        return {self.ADDED: "Nộp ảnh hoặc giấy tờ", self.REMOVED: "Bỏ ảnh hoặc giấy tờ"}[self]


@register
class FormEvent(StrEnum):
    PUBLISHED = "dossiers.form.published"
    DISCARDED = "dossiers.form.discarded"

    @property
    def sentence(self) -> str:
        return {self.PUBLISHED: "Áp dụng mẫu hồ sơ mới", self.DISCARDED: "Bỏ mẫu hồ sơ đang soạn"}[self]
