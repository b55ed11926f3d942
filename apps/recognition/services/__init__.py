"""From the decision that came back to certificates, publication and what facilities are told."""

from apps.recognition.services.decisions import (
    MAKE,
    SignedDecision,
    issue_certificates,
    last_valid_day,
    make_again,
    publish_results,
    record_decision,
)
from apps.recognition.services.telling import TELL, tell_results

__all__ = [
    "MAKE",
    "TELL",
    "SignedDecision",
    "issue_certificates",
    "last_valid_day",
    "make_again",
    "publish_results",
    "record_decision",
    "tell_results",
]
