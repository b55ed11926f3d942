"""Under which forms a dossier is filled."""

from apps.dossiers.fieldbook import FieldBook, national_book, relaxed
from apps.dossiers.models import Dossier, FormVersion
from apps.dossiers.states import EntryState
from apps.rounds.models import Round

YEARS_ASKED = 2


def latest_form() -> FormVersion | None:
    """The version that new dossiers begin under; None until the province's first dossier."""
    return FormVersion.objects.first()


def latest_book() -> FieldBook:
    form = latest_form()
    return FieldBook.from_json(form.fields) if form else national_book()


def book_of(dossier: Dossier) -> FieldBook:
    """The forms that a dossier is filled under: those it was begun with, for a draft as far as they still ask.

    Once filed, nothing that is published later touches it.
    """
    begun = FieldBook.from_json(dossier.form.fields) if dossier.form else national_book()
    return relaxed(begun, latest_book()) if dossier.entry.state == EntryState.DRAFT else begun


def years_of(round: Round) -> tuple[int, ...]:
    """The full years before the round that yearly figures are asked for, the older first."""
    return tuple(range(round.year - YEARS_ASKED, round.year))
