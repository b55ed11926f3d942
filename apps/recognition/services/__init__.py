"""From the decision that came back to certificates, publication and what facilities are told."""

from apps.recognition.services.complaining import Claim, add_papers, file_complaint, withdraw_complaint
from apps.recognition.services.decisions import (
    MAKE,
    SignedDecision,
    issue_certificates,
    last_valid_day,
    make_again,
    publish_results,
    record_decision,
)
from apps.recognition.services.handling import (
    Answer,
    answer_complaint,
    assign_reviews,
    compute_anew,
    receive_complaint,
)
from apps.recognition.services.reviewing import REVISE, compute_revision, lock_review
from apps.recognition.services.telling import TELL, tell_results

__all__ = [
    "MAKE",
    "REVISE",
    "TELL",
    "Answer",
    "Claim",
    "SignedDecision",
    "add_papers",
    "answer_complaint",
    "assign_reviews",
    "compute_anew",
    "compute_revision",
    "file_complaint",
    "issue_certificates",
    "last_valid_day",
    "lock_review",
    "make_again",
    "publish_results",
    "receive_complaint",
    "record_decision",
    "tell_results",
    "withdraw_complaint",
]
