"""Why somebody did what must be explained: one rule for how it is kept."""

from tieubieu.errors import DomainError
from tieubieu.lib.text import nfc

LONGEST = 500


def given_reason(raw: str, missing: str) -> str:
    """The reason in NFC without blanks around it; raises `DomainError` when there is none (in the words of `missing`),
    or when it is longer than the record holds: a reason is never cut."""
    words = short_enough(raw)
    if not words:
        raise DomainError(missing, field="reason")
    return words


def short_enough(raw: str) -> str:
    """The same for a reason that may be left out."""
    words = nfc(raw).replace("\x00", "").strip()
    if len(words) > LONGEST:
        raise DomainError(f"Lý do dài {len(words)} ký tự; xin viết gọn trong {LONGEST} ký tự.", field="reason")
    return words
