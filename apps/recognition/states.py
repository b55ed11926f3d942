"""The life of a certificate (`expired` is computed from the date, never stored), of a complaint, and of
what is marked anew because of one."""

from django.db import models


class CertificateState(models.TextChoices):
    VALID = "valid", "Còn hiệu lực"
    SUSPENDED = "suspended", "Tạm đình chỉ"
    REVOKED = "revoked", "Đã thu hồi"
    REPLACED = "replaced", "Đã được thay thế"


MOVES: dict[str, tuple[frozenset[CertificateState], CertificateState]] = {
    "suspend": (frozenset({CertificateState.VALID}), CertificateState.SUSPENDED),
    "restore": (frozenset({CertificateState.SUSPENDED}), CertificateState.VALID),
    "revoke": (frozenset({CertificateState.VALID, CertificateState.SUSPENDED}), CertificateState.REVOKED),
    "replace": (frozenset({CertificateState.VALID}), CertificateState.REPLACED),
}


class ComplaintState(models.TextChoices):
    FILED = "filed", "Chờ tiếp nhận"
    RECEIVED = "received", "Đang giải quyết"
    RESCORING = "rescoring", "Đang chấm lại"
    ANSWERED = "answered", "Đã trả lời"
    WITHDRAWN = "withdrawn", "Cơ sở đã rút"


OPEN_COMPLAINTS = frozenset({ComplaintState.FILED, ComplaintState.RECEIVED, ComplaintState.RESCORING})

COMPLAINT_MOVES: dict[str, tuple[frozenset[ComplaintState], ComplaintState]] = {
    "receive": (frozenset({ComplaintState.FILED}), ComplaintState.RECEIVED),
    "rescore": (frozenset({ComplaintState.RECEIVED, ComplaintState.RESCORING}), ComplaintState.RESCORING),
    "answer": (frozenset({ComplaintState.RECEIVED, ComplaintState.RESCORING}), ComplaintState.ANSWERED),
    "withdraw": (OPEN_COMPLAINTS, ComplaintState.WITHDRAWN),
}


class ReviewState(models.TextChoices):
    DRAFT = "draft", "Chưa khóa"
    LOCKED = "locked", "Đã khóa"
    DROPPED = "dropped", "Thôi giao"


REVIEW_MOVES: dict[str, tuple[frozenset[ReviewState], ReviewState]] = {
    "lock": (frozenset({ReviewState.DRAFT}), ReviewState.LOCKED),
    "drop": (frozenset({ReviewState.DRAFT}), ReviewState.DROPPED),
}
