"""What can happen to a campaign."""

from enum import StrEnum

from tieubieu.audit.tags import register


@register
class CampaignEvent(StrEnum):
    PLANNED = "outreach.campaign.planned"
    REVISED = "outreach.campaign.revised"
    LEFT_OUT = "outreach.campaign.left_out"
    SENT = "outreach.campaign.sent"
    REMINDED = "outreach.campaign.reminded"
    SENT_AGAIN = "outreach.campaign.sent_again"
    LETTERS_ASKED = "outreach.campaign.letters_asked"
    ROUND_REMINDED = "outreach.round.reminded"

    @property
    def sentence(self) -> str:
        return {
            self.PLANNED: "Soạn đợt vận động",
            self.REVISED: "Sửa đợt vận động",
            self.LEFT_OUT: "Đổi danh sách mời",
            self.SENT: "Gửi thư mời",
            self.REMINDED: "Gửi lời nhắc tới cơ sở được mời",
            self.SENT_AGAIN: "Gửi lại thư mời chưa gửi được",
            self.LETTERS_ASKED: "Lập thư mời in giấy",
            self.ROUND_REMINDED: "Nhắc cơ sở trước khi hết hạn nhận hồ sơ",
        }[self]
