"""What can happen to a decision, to a certificate and to a complaint."""

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


@register
class ComplaintEvent(StrEnum):
    FILED = "recognition.complaint.filed"
    ENTERED = "recognition.complaint.entered"
    PAPERS_ADDED = "recognition.complaint.papers_added"
    WITHDRAWN = "recognition.complaint.withdrawn"
    RECEIVED = "recognition.complaint.received"
    ASSIGNED = "recognition.complaint.assigned"
    REVIEW_LOCKED = "recognition.complaint.review_locked"
    REVISED = "recognition.complaint.revised"
    ANSWERED = "recognition.complaint.answered"

    @property
    def sentence(self) -> str:
        return {
            self.FILED: "Cơ sở khiếu nại về kết quả",
            self.ENTERED: "Nhập khiếu nại nhận bằng giấy thay cơ sở",
            self.PAPERS_ADDED: "Cơ sở gửi thêm giấy tờ cho khiếu nại",
            self.WITHDRAWN: "Cơ sở rút khiếu nại",
            self.RECEIVED: "Tiếp nhận khiếu nại",
            self.ASSIGNED: "Giao chấm lại tiêu chí bị khiếu nại",
            self.REVIEW_LOCKED: "Khóa phiếu chấm lại",
            self.REVISED: "Tính lại kết quả theo phiếu chấm lại",
            self.ANSWERED: "Trả lời khiếu nại",
        }[self]
