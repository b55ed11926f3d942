"""The forms of a dossier as data, apart from the database: fields, what may be typed into them, and how it is shown.

The annexes of TT 26/2014/TT-BCT (Phụ lục 1, Phụ lục 2) give the titles of the forms; their fields here are the
platform's own proposal (`national.json`), to be set right by whoever has the annexes at hand. A province extends them.
"""

from apps.dossiers.fieldbook.books import FieldBook, NotAllowedInForm, Section, national_book
from apps.dossiers.fieldbook.changes import Change, changes_between, relaxed
from apps.dossiers.fieldbook.fields import Box, Field, Form, Kind
from apps.dossiers.fieldbook.values import BadValue, fault, read, shown, text_of

__all__ = [
    "BadValue",
    "Box",
    "Change",
    "Field",
    "FieldBook",
    "Form",
    "Kind",
    "NotAllowedInForm",
    "Section",
    "changes_between",
    "fault",
    "national_book",
    "read",
    "relaxed",
    "shown",
    "text_of",
]
