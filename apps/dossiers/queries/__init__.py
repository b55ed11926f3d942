"""Questions to dossiers: what their forms ask, what was answered, what is missing, and how it reads."""

from apps.dossiers.queries.answers import Answer, Labelled, answers_of, labelled, typed_by
from apps.dossiers.queries.forms import book_of, latest_book, latest_form, years_of
from apps.dossiers.queries.missing import Missing, missing_of
from apps.dossiers.queries.papers import filed_papers, papers_of, requires_lower_certificate, slots_required

__all__ = [
    "Answer",
    "Labelled",
    "Missing",
    "answers_of",
    "book_of",
    "filed_papers",
    "labelled",
    "latest_book",
    "latest_form",
    "missing_of",
    "papers_of",
    "requires_lower_certificate",
    "slots_required",
    "typed_by",
    "years_of",
]
