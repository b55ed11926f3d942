"""Sealed scoring: a judge sees their own sheets and nobody else's."""

import rules
from django.db.models import QuerySet

from apps.accounts.access import Hat, allow
from apps.accounts.models import Person
from apps.judging.models import Sheet
from apps.judging.states import SheetState
from apps.rounds.states import Capability


@rules.predicate
def is_open_for_scoring(_: Person, sheet: Sheet | None = None) -> bool:
    return sheet is not None and sheet.entry.round.may(Capability.SCORE) and sheet.state == SheetState.DRAFT


allow("judging.sheet.see", "Xem phiếu chấm của mình", Hat.JUDGE)
allow(
    "judging.sheet.score",
    "Chấm phiếu của mình",
    Hat.JUDGE,
    when=is_open_for_scoring,
    condition="phiếu chưa khóa, kỳ đang chấm điểm",
)


def own_sheets(person: Person) -> QuerySet[Sheet]:
    """The list face of `judging.sheet.see`; entries from which the judge is recused are not shown at all."""
    return (
        Sheet.objects.filter(judge__person=person)
        .exclude(state=SheetState.RECUSED)
        .select_related("entry__round", "entry__facility", "entry__dossier__form", "judge__person")
    )
