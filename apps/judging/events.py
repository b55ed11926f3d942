"""What can happen to a score sheet, to the result, and around conflicts of interest."""

from enum import StrEnum

from tieubieu.audit.tags import register


@register
class JudgingEvent(StrEnum):
    SHEETS_OPENED = "judging.sheets.opened"
    SHEET_LOCKED = "judging.sheet.locked"
    SHEET_REOPENED = "judging.sheet.reopened"
    SCORES_OPENED = "judging.scores.opened"
    JUDGES_REMINDED = "judging.judges.reminded"
    PAPER_ASKED = "judging.paper.asked"
    PAPER_TYPED = "judging.paper.typed"
    PAPER_TRIED = "judging.paper.tried"
    PAPER_DIFFERS = "judging.paper.differs"
    PAPER_DECIDED = "judging.paper.decided"
    SHEET_RECUSED = "judging.sheet.recused"
    SHEET_ABSENT = "judging.sheet.absent"
    SNAPSHOT_ASKED_AGAIN = "judging.snapshot.asked_again"
    SNAPSHOT_MADE = "judging.snapshot.made"
    SNAPSHOT_REVISED = "judging.snapshot.revised"

    SHEET_ASSIGNED = "judging.sheet.assigned"
    SHEET_RELEASED = "judging.sheet.released"
    SHEET_GIVEN_BACK = "judging.sheet.given_back"
    ENTRIES_BALANCED = "judging.entries.balanced"
    SCORED_SHORT = "judging.entries.scored_short"

    CONFLICT_DECLARED = "judging.conflict.declared"
    CONFLICT_FOUND = "judging.conflict.found"
    CONFLICT_UPHELD = "judging.conflict.upheld"
    CONFLICT_DISMISSED = "judging.conflict.dismissed"
    CONFLICT_TAKEN_BACK = "judging.conflict.taken_back"
    PROFILE_CHANGED = "judging.profile.changed"

    @property
    def sentence(self) -> str:
        return {
            self.SHEETS_OPENED: "Phát phiếu chấm điểm",
            self.SHEET_LOCKED: "Khóa phiếu chấm điểm",
            self.SHEET_REOPENED: "Mở lại phiếu chấm điểm đã khóa",
            self.SCORES_OPENED: "Mở niêm phong điểm của một hồ sơ",
            self.JUDGES_REMINDED: "Nhắc giám khảo chấm điểm",
            self.PAPER_ASKED: "Lập phiếu chấm bằng giấy để in",
            self.PAPER_TYPED: "Nhập phiếu chấm bằng giấy",
            self.PAPER_TRIED: "Lần nhập thứ hai phiếu giấy khác lần thứ nhất, được đối chiếu lại",
            self.PAPER_DIFFERS: "Hai lần nhập phiếu giấy khác nhau",
            self.PAPER_DECIDED: "Quyết định chỗ hai lần nhập phiếu giấy khác nhau",
            self.SHEET_RECUSED: "Giám khảo không chấm do xung đột lợi ích",
            self.SHEET_ABSENT: "Giám khảo vắng",
            self.SNAPSHOT_ASKED_AGAIN: "Yêu cầu tính lại kết quả chưa tính được",
            self.CONFLICT_DECLARED: "Thành viên khai xung đột lợi ích",
            self.CONFLICT_FOUND: "Phát hiện dấu hiệu xung đột lợi ích",
            self.CONFLICT_UPHELD: "Xác nhận xung đột lợi ích, thành viên không tham gia",
            self.CONFLICT_DISMISSED: "Kết luận không có xung đột lợi ích",
            self.CONFLICT_TAKEN_BACK: "Rút lại quyết định có xung đột lợi ích, thành viên lại tham gia",
            self.PROFILE_CHANGED: "Thành viên khai quá trình công tác, doanh nghiệp của mình",
            self.SHEET_ASSIGNED: "Giao thêm giám khảo cho một hồ sơ",
            self.SHEET_GIVEN_BACK: "Trả lại phiếu chấm khi không còn xung đột lợi ích",
            self.SHEET_RELEASED: "Bỏ giám khảo khỏi một hồ sơ",
            self.ENTRIES_BALANCED: "Bù giám khảo cho những hồ sơ còn thiếu",
            self.SCORED_SHORT: "Đóng chấm điểm khi có hồ sơ ít giám khảo hơn quy định của kỳ",
            self.SNAPSHOT_REVISED: "Tính lại kết quả với điểm chấm lại, dẫn chiếu kết quả cũ",
            self.SNAPSHOT_MADE: "Tính và niêm phong kết quả chấm điểm",
        }[self]
