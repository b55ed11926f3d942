"""The demo's made-up people share names; that holds nobody up."""

from stage import filed

from apps.demo.playing import weigh_conflicts
from apps.dossiers.services import accept_entry
from apps.judging.models import Conflict, Sheet
from apps.judging.services import start_scoring
from apps.judging.states import ConflictState
from apps.rounds.services import advance


def test_namesakes_are_told_apart_before_anybody_marks(in_daklak):
    stage = filed(1)
    stage.judges[0].full_name = "Y Thử"  # as the representative in the dossier
    stage.judges[0].save()
    advance(stage.round.pk, "close_filing", actor=stage.officer)
    accept_entry(stage.entries[0].pk, actor=stage.officer)
    start_scoring(stage.round.pk, actor=stage.officer)
    before = Sheet.objects.count()

    weigh_conflicts(stage.round, stage.officer)

    assert (before, Sheet.objects.count()) == (2, 3)
    assert [found.state for found in Conflict.objects.all()] == [ConflictState.DISMISSED]
