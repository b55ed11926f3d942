"""What can happen to an entry."""

from enum import StrEnum

from tieubieu.audit.tags import register


@register
class EntryEvent(StrEnum):
    DRAFTED = "dossiers.entry.drafted"
    SUBMITTED = "dossiers.entry.submitted"
    ACCEPTED = "dossiers.entry.accepted"
    REFUSED = "dossiers.entry.refused"
    MERGED = "dossiers.entry.merged"

    @property
    def sentence(self) -> str:
        return {
            self.DRAFTED: "Lập hồ sơ",
            self.SUBMITTED: "Gửi hồ sơ",
            self.ACCEPTED: "Tiếp nhận hồ sơ hợp lệ",
            self.REFUSED: "Kết luận hồ sơ không hợp lệ",
            self.MERGED: "Gộp hồ sơ thành bộ sản phẩm",
        }[self]
