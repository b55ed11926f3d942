"""From the decision that came back to certificates, publication and what facilities are told."""

from apps.recognition.services.complaining import (
    Claim,
    OnPaper,
    add_papers,
    enter_complaint,
    file_complaint,
    withdraw_complaint,
)
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
from apps.recognition.services.reviewing import (
    REVISE,
    compute_revision,
    lock_review,
    mark_in,
    save_review,
    save_review_mark,
    save_review_remark,
)
from apps.recognition.services.telling import TELL, tell_results

__all__ = [
    "MAKE",
    "REVISE",
    "TELL",
    "Answer",
    "Claim",
    "OnPaper",
    "SignedDecision",
    "add_papers",
    "answer_complaint",
    "assign_reviews",
    "compute_anew",
    "compute_revision",
    "enter_complaint",
    "file_complaint",
    "issue_certificates",
    "last_valid_day",
    "lock_review",
    "make_again",
    "mark_in",
    "publish_results",
    "receive_complaint",
    "record_decision",
    "save_review",
    "save_review_mark",
    "save_review_remark",
    "tell_results",
    "withdraw_complaint",
]
