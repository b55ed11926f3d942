"""What can go wrong with a document."""

from tieubieu.errors import DomainError, KeptIsLost


class CannotPrint(DomainError):
    """The words cannot be printed faithfully: a letter without a glyph, names longer than the paper."""

    code = "cannot_print"


class DocumentDamaged(KeptIsLost):
    """The stored bytes are gone or are not the bytes that were made: restore the file from a backup."""

    code = "document_damaged"
