"""What can go wrong with a document."""

from tieubieu.errors import DomainError


class CannotPrint(DomainError):
    """The words cannot be printed faithfully: a letter without a glyph, names longer than the paper."""

    code = "cannot_print"


class DocumentDamaged(DomainError):
    """The stored bytes are gone or are not the bytes that were made: restore the file from a backup."""

    status = 500
    code = "document_damaged"
