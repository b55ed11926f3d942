"""Conflicts of interest are declared and decided by somebody who has none; and what follows for sheets."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from interests import accepted, asked, declared, knows, seat_of, sheets_of
from stage import MARKS, facility, person, scored, scoring

from apps.judging.models import Conflict, ConflictKind, Sheet, Source
from apps.judging.queries import barred_pairs, is_recused, recused_pairs
from apps.judging.services import (
    close_scoring,
    declare_conflict,
    dismiss_conflict,
    lock_sheet,
    save_mark,
    save_marks,
    start_scoring,
    uphold_conflict,
)
from apps.judging.states import ConflictState, SheetState
from apps.rounds.models import Body
from apps.rounds.services import appoint
from tieubieu.errors import DomainError, NotAllowed, WrongState

pytestmark = pytest.mark.usefixtures("in_daklak")


def test_what_is_declared_keeps_the_member_away_at_once():
    stage = accepted()

    conflict = declared(stage, stage.judges[0])
    start_scoring(stage.round.pk, actor=stage.officer)

    assert conflict.state == ConflictState.OPEN
    assert sheets_of(stage, 0) == [stage.entries[1].code]
    assert sheets_of(stage, 1) == [entry.code for entry in stage.entries]


def test_upholding_takes_the_sheet_away_and_keeps_it():
    stage = scoring(2)
    judge = stage.judges[0]
    sheet = Sheet.objects.get(judge__person=judge, entry=stage.entries[0])
    save_marks(sheet.pk, {c: Decimal(v) for c, v in MARKS.items()}, remark="", actor=judge)
    lock_sheet(sheet.pk, actor=judge)

    uphold_conflict(declared(stage, judge).pk, actor=stage.officer)

    sheet.refresh_from_db()
    assert (sheet.state, sheet.marks.count()) == (SheetState.RECUSED, 4)
    assert sheets_of(stage) == [stage.entries[1].code]


def test_while_undecided_the_sheet_is_the_same_nothing_as_an_upheld_one():
    stage = scoring(2)
    sheet = Sheet.objects.get(judge__person=stage.judges[0], entry=stage.entries[0])
    conflict = declared(stage, stage.judges[0])

    with pytest.raises(Sheet.DoesNotExist):
        save_mark(sheet.pk, "C1", Decimal(30), version=0, actor=stage.judges[0])
    uphold_conflict(conflict.pk, actor=stage.officer)
    with pytest.raises(Sheet.DoesNotExist):
        save_mark(sheet.pk, "C1", Decimal(30), version=0, actor=stage.judges[0])

    saved = save_mark(
        Sheet.objects.get(judge__person=stage.judges[1], entry=stage.entries[0]).pk,
        "C1",
        Decimal(30),
        version=0,
        actor=stage.judges[1],
    )
    assert saved.version == 1


def test_dismissing_gives_the_sheet_that_was_held_back():
    stage = accepted()
    conflict = declared(stage, stage.judges[0])
    start_scoring(stage.round.pk, actor=stage.officer)

    dismiss_conflict(conflict.pk, reason="Trùng tên, không phải người thân", actor=stage.officer)

    assert sheets_of(stage) == [entry.code for entry in stage.entries]


def test_dismissing_one_of_two_conflicts_gives_nothing():
    stage = accepted()
    knows(stage)
    start_scoring(stage.round.pk, actor=stage.officer)
    declared(stage, stage.judges[0])

    dismiss_conflict(
        Conflict.objects.get(source=Source.DETECTED).pk, reason="Số của tổng đài chung", actor=stage.officer
    )

    assert sheets_of(stage) == [stage.entries[1].code]


def test_a_conflict_on_one_entry_leaves_the_facilitys_others():
    stage = accepted()
    other = stage.entries[1]
    other.facility = stage.entries[0].facility
    other.save()

    declared(stage, stage.judges[0], only_entry=True)
    start_scoring(stage.round.pk, actor=stage.officer)

    assert sheets_of(stage) == [other.code]


def test_scoring_does_not_close_while_a_judges_conflict_is_undecided():
    stage = scoring(1)
    for sheet in Sheet.objects.select_related("judge__person"):
        save_marks(sheet.pk, {c: Decimal(v) for c, v in MARKS.items()}, remark="", actor=sheet.judge.person)
        lock_sheet(sheet.pk, actor=sheet.judge.person)
    conflict = declared(stage, stage.judges[0])

    with pytest.raises(DomainError, match="Còn xung đột lợi ích"):
        close_scoring(stage.round.pk, actor=stage.officer)
    uphold_conflict(conflict.pk, actor=stage.officer)

    assert close_scoring(stage.round.pk, actor=stage.officer)


def test_a_conflict_upheld_after_scores_closed_asks_for_the_result_anew():
    stage = scored(1)
    before = len(asked("scoring.compute_snapshot"))

    uphold_conflict(declared(stage, stage.judges[0]).pk, actor=stage.officer)

    assert Sheet.objects.get(judge__person=stage.judges[0]).state == SheetState.RECUSED
    assert len(asked("scoring.compute_snapshot")) == before + 1


def test_recused_pairs_hold_in_every_seat_of_the_person_and_only_once_upheld():
    stage = accepted()
    judge = stage.judges[0]
    also = appoint(stage.round.pk, judge, body=Body.COUNCIL, actor=stage.officer, seat=8)
    conflict = declared(stage, judge)
    entry = stage.entries[0].pk
    pairs = {(seat_of(stage, judge).pk, entry), (also.pk, entry)}

    undecided = recused_pairs(stage.round), barred_pairs(stage.round)
    uphold_conflict(conflict.pk, actor=stage.officer)

    assert undecided == (frozenset(), pairs)
    assert recused_pairs(stage.round) == barred_pairs(stage.round) == pairs
    assert is_recused(also, stage.entries[0])
    assert not is_recused(also, stage.entries[1])


def test_nobody_decides_their_own():
    stage = accepted()
    conflict = declared(stage, stage.council[0])

    with pytest.raises(NotAllowed):
        uphold_conflict(conflict.pk, actor=stage.council[0])
    with pytest.raises(NotAllowed):
        dismiss_conflict(conflict.pk, reason="Không sao", actor=stage.council[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        Conflict.objects.filter(pk=conflict.pk).update(state=ConflictState.UPHELD, decided_by=stage.council[0])


@pytest.mark.parametrize("is_upheld", [False, True])
def test_nobody_decides_about_a_facility_with_which_they_have_a_conflict(is_upheld):
    stage = accepted()
    own = declared(stage, stage.council[0])
    if is_upheld:
        uphold_conflict(own.pk, actor=stage.officer)
    same, other = declared(stage, stage.judges[0]), declared(stage, stage.judges[0], 1)

    with pytest.raises(NotAllowed):
        uphold_conflict(same.pk, actor=stage.council[0])

    assert uphold_conflict(other.pk, actor=stage.council[0]).state == ConflictState.UPHELD


def test_a_decision_is_made_once_and_a_dismissal_says_why():
    stage = accepted()
    conflict = declared(stage, stage.judges[0])

    with pytest.raises(DomainError, match="lý do"):
        dismiss_conflict(conflict.pk, reason="  ", actor=stage.officer)
    uphold_conflict(conflict.pk, actor=stage.officer)
    with pytest.raises(WrongState):
        dismiss_conflict(conflict.pk, reason="Nghĩ lại", actor=stage.officer)


def test_only_members_declare_and_only_about_what_was_filed():
    stage = accepted()
    stranger = facility(3, actor=stage.officer)

    with pytest.raises(DomainError, match="Chỉ thành viên"):
        declared(stage, person("nguoi-ngoai"))
    with pytest.raises(DomainError, match="Không có hồ sơ"):
        declare_conflict(
            stage.round.pk, facility_id=stranger.pk, kind=ConflictKind.FAMILY, words="", actor=stage.judges[0]
        )
    with pytest.raises(DomainError, match="ghi rõ"):
        declare_conflict(
            stage.round.pk,
            facility_id=stage.entries[0].facility_id,
            kind=ConflictKind.OTHER,
            words=" ",
            actor=stage.judges[0],
        )


def test_declaring_again_mends_what_waits_and_leaves_what_is_decided():
    stage = accepted()

    first, second = declared(stage, stage.judges[0]), declared(stage, stage.judges[0])
    uphold_conflict(first.pk, actor=stage.officer)
    third = declared(stage, stage.judges[0])

    assert first.pk == second.pk == third.pk
    assert third.state == ConflictState.UPHELD
