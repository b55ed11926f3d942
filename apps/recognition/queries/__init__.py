"""What is asked about certificates, and about the results that facilities are told."""

from apps.recognition.queries.certificates import certificates_of, history_lines, register_line, state_on

__all__ = ["certificates_of", "history_lines", "register_line", "state_on"]
