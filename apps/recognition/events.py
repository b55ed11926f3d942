"""What can happen to a decision and to a certificate."""

from enum import StrEnum

from tieubieu.audit.tags import register


@register
class RecognitionEvent(StrEnum):
    DECISION_RECORDED = "recognition.decision.recorded"
    CERTIFICATES_ISSUED = "recognition.certificates.issued"
    CERTIFICATES_ASKED_AGAIN = "recognition.certificates.asked_again"
    CERTIFICATE_MADE = "recognition.certificate.made"
    PUBLISHED = "recognition.results.published"
    KEY_MADE = "recognition.key.made"

    @property
    def sentence(self) -> str:
        return {
            self.DECISION_RECORDED: "Ghi nhận quyết định công nhận",
            self.CERTIFICATES_ISSUED: "Cấp số giấy chứng nhận",
            self.CERTIFICATES_ASKED_AGAIN: "Yêu cầu lập lại giấy chứng nhận chưa lập được",
            self.CERTIFICATE_MADE: "Lập bản giấy chứng nhận",
            self.PUBLISHED: "Công bố kết quả",
            self.KEY_MADE: "Tạo khóa ký mã QR",
        }[self]
