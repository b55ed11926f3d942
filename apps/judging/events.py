"""What can happen to a score sheet and to the result."""

from enum import StrEnum

from tieubieu.audit.tags import register


@register
class JudgingEvent(StrEnum):
    SHEETS_OPENED = "judging.sheets.opened"
    SHEET_LOCKED = "judging.sheet.locked"
    SHEET_REOPENED = "judging.sheet.reopened"
    SCORES_OPENED = "judging.scores.opened"
    JUDGES_REMINDED = "judging.judges.reminded"
    SHEET_RECUSED = "judging.sheet.recused"
    SHEET_ABSENT = "judging.sheet.absent"
    SNAPSHOT_ASKED_AGAIN = "judging.snapshot.asked_again"
    SNAPSHOT_MADE = "judging.snapshot.made"

    @property
    def sentence(self) -> str:
        return {
            self.SHEETS_OPENED: "Phát phiếu chấm điểm",
            self.SHEET_LOCKED: "Khóa phiếu chấm điểm",
            self.SHEET_REOPENED: "Mở lại phiếu chấm điểm đã khóa",
            self.SCORES_OPENED: "Mở niêm phong điểm của một hồ sơ",
            self.JUDGES_REMINDED: "Nhắc giám khảo chấm điểm",
            self.SHEET_RECUSED: "Giám khảo không chấm do xung đột lợi ích",
            self.SHEET_ABSENT: "Giám khảo vắng",
            self.SNAPSHOT_ASKED_AGAIN: "Yêu cầu tính lại kết quả chưa tính được",
            self.SNAPSHOT_MADE: "Tính và niêm phong kết quả chấm điểm",
        }[self]
