"""Decisions taken outside and recorded here, certificates and their keys, and complaints about results."""

from apps.recognition.models.certificates import (
    Certificate,
    Decision,
    NumberBook,
    PublishedTotal,
    RecognitionHistory,
    SigningKey,
)
from apps.recognition.models.complaints import GRANTING, Complaint, ComplaintPaper, Review, Verdict

__all__ = [
    "GRANTING",
    "Certificate",
    "Complaint",
    "ComplaintPaper",
    "Decision",
    "NumberBook",
    "PublishedTotal",
    "RecognitionHistory",
    "Review",
    "SigningKey",
    "Verdict",
]
