"""Names as people give them, checked once at every door that stores one."""

from tieubieu.errors import DomainError
from tieubieu.lib.text import UnsafeText, clean_name


def safe_name(raw: str) -> str:
    """The name in NFC without stray spaces; raises `DomainError` for signs that would deceive a reader."""
    try:
        return clean_name(raw)
    except UnsafeText as unsafe:
        raise DomainError(str(unsafe)) from unsafe
