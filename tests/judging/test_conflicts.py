"""Conflicts of interest: declared, found, decided by somebody who has none; and what follows for sheets."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from stage import MARKS, facility, filed, person, scored, scoring

from apps.accounts.models import Role
from apps.accounts.services.people import COMPARE_PERSON, Official, change_official
from apps.dossiers.services import accept_entry
from apps.facilities.services import revise_facility
from apps.facilities.services.registering import COMPARE_FACILITIES
from apps.judging.access import own_sheets
from apps.judging.models import Affiliation, Conflict, ConflictKind, Sheet, Source
from apps.judging.queries import barred_pairs, is_recused, recused_pairs
from apps.judging.services import (
    close_scoring,
    declare_conflict,
    detect_conflicts,
    dismiss_conflict,
    lock_sheet,
    save_mark,
    save_marks,
    start_scoring,
    uphold_conflict,
)
from apps.judging.states import ConflictState, SheetState
from apps.rounds.models import Body
from apps.rounds.services import advance, appoint
from tieubieu.binding import PUBLIC, bound
from tieubieu.errors import DomainError, NotAllowed, WrongState
from tieubieu.outbox.models import Message
from workers.conflicts import compare_facilities_again, compare_person_again

pytestmark = pytest.mark.usefixtures("in_daklak")


def accepted(entries=2, **kwargs):
    stage = filed(entries, **kwargs)
    advance(stage.round.pk, "close_filing", actor=stage.officer)
    stage.entries = [accept_entry(entry.pk, actor=stage.officer) for entry in stage.entries]
    return stage


def declared(stage, who, entry=0, *, only_entry=False):
    of = stage.entries[entry]
    return declare_conflict(
        stage.round.pk,
        facility_id=of.facility_id,
        entry_id=of.pk if only_entry else None,
        kind=ConflictKind.FAMILY,
        words="Chị gái là giám đốc",
        actor=who,
    )


def knows(stage, judge=0, entry=0, phone="0905 123 456"):
    """Give a judge and a facility the same telephone, as if they had been so from the start."""
    stage.judges[judge].phone = phone
    stage.judges[judge].save()
    stage.entries[entry].facility.phone = phone
    stage.entries[entry].facility.save()


def seat_of(stage, who, body=Body.PANEL):
    return stage.round.appointments.get(person=who, body=body)


def asked(errand):
    """The arguments with which the errand was asked for in this test."""
    with bound(PUBLIC):
        return list(Message.objects.filter(errand=errand).order_by("asked_at").values_list("args", flat=True))


def sheets_of(stage, judge=0):
    return list(own_sheets(stage.judges[judge]).order_by("entry__code").values_list("entry__code", flat=True))


def test_what_is_declared_keeps_the_member_away_at_once():
    stage = accepted()

    conflict = declared(stage, stage.judges[0])
    start_scoring(stage.round.pk, actor=stage.officer)

    assert conflict.state == ConflictState.OPEN
    assert sheets_of(stage, 0) == [stage.entries[1].code]
    assert sheets_of(stage, 1) == [entry.code for entry in stage.entries]


def test_a_finding_is_made_before_sheets_are_handed_out_and_says_why():
    stage = accepted()
    knows(stage)

    start_scoring(stage.round.pk, actor=stage.officer)

    found = Conflict.objects.get()
    assert (found.person, found.facility, found.source) == (
        stage.judges[0],
        stage.entries[0].facility,
        Source.DETECTED,
    )
    assert [sign["words"] for sign in found.signs] == ["Cùng số điện thoại 0905 123 456."]
    assert sheets_of(stage, 0) == [stage.entries[1].code]


def test_without_anything_in_common_nothing_is_found():
    stage = accepted()

    start_scoring(stage.round.pk, actor=stage.officer)

    assert not Conflict.objects.exists()
    assert sheets_of(stage, 0) == [entry.code for entry in stage.entries]


def test_the_dossiers_representative_counts_beside_the_registers():
    stage = accepted()
    stage.judges[0].full_name = "Ý Thu"
    stage.judges[0].save()

    detect_conflicts(stage.round.pk)

    assert {found.facility for found in Conflict.objects.all()} == {entry.facility for entry in stage.entries}


def test_a_stated_employer_is_compared():
    stage = accepted()
    maker = stage.entries[0].facility
    Affiliation.objects.create(person=stage.council[0], kind="employer", name="Xưởng", tax_code=maker.tax_code)

    detect_conflicts(stage.round.pk)

    found = Conflict.objects.get()
    assert (found.person, found.facility, found.kind) == (stage.council[0], maker, ConflictKind.EMPLOYMENT)


def test_looking_twice_finds_nothing_anew():
    stage = accepted()
    knows(stage)

    first, second = detect_conflicts(stage.round.pk), detect_conflicts(stage.round.pk)

    assert (first, second, Conflict.objects.count()) == (1, 0, 1)


def test_what_was_dismissed_stays_so_until_something_new_speaks_for_it():
    stage = accepted()
    knows(stage)
    detect_conflicts(stage.round.pk)
    dismiss_conflict(Conflict.objects.get().pk, reason="Số của tổng đài chung", actor=stage.officer)

    same = detect_conflicts(stage.round.pk)
    maker = stage.entries[0].facility
    maker.email = stage.judges[0].email = "chung@example.vn"
    maker.save()
    stage.judges[0].save()
    new = detect_conflicts(stage.round.pk)

    assert (same, new) == (0, 1)
    assert [sign["sign"] for sign in Conflict.objects.get(state=ConflictState.OPEN).signs] == ["email", "phone"]


def test_a_sign_that_was_edited_away_still_waits_for_a_person():
    stage = accepted()
    knows(stage)
    detect_conflicts(stage.round.pk)
    stage.judges[0].phone = ""
    stage.judges[0].save()

    detect_conflicts(stage.round.pk)

    found = Conflict.objects.get()
    assert (found.state, found.is_current, len(found.signs)) == (ConflictState.OPEN, False, 1)


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


def test_a_changed_telephone_has_the_person_compared_again_and_twice_is_once():
    stage = accepted()
    knows(stage)
    stage.judges[0].phone = ""
    stage.judges[0].save()
    told = Official(full_name=stage.judges[0].full_name, phone="0905123456")

    change_official(stage.judges[0].pk, told, roles=[], actor=stage.officer)
    for args in 2 * [args for args in asked(COMPARE_PERSON) if args["person_id"] == str(stage.judges[0].pk)]:
        compare_person_again(**args)

    assert Conflict.objects.get().person == stage.judges[0]


def test_a_changed_facility_is_compared_again_and_twice_is_once():
    stage = accepted()
    maker = stage.entries[0].facility
    stage.judges[0].full_name = "Nguyễn Thị Đào"
    stage.judges[0].save()

    revise_facility(maker.pk, {"representative": "Bà Nguyễn Thị Đào"}, version=maker.version, actor=stage.officer)
    for args in 2 * [args for args in asked(COMPARE_FACILITIES) if args["facility_ids"] == [str(maker.pk)]]:
        compare_facilities_again(**args)

    assert [sign["sign"] for sign in Conflict.objects.get().signs] == ["person"]


def test_an_appointment_and_an_acceptance_ask_to_look_again():
    stage = filed(1)
    advance(stage.round.pk, "close_filing", actor=stage.officer)
    newcomer = person("nguoi-moi", Role.LEADER)

    appoint(stage.round.pk, newcomer, body=Body.COUNCIL, actor=stage.officer, seat=9)
    accept_entry(stage.entries[0].pk, actor=stage.officer)

    assert {"person_id": str(newcomer.pk)} in asked(COMPARE_PERSON)
    assert asked(COMPARE_FACILITIES) == [{"facility_ids": [str(stage.entries[0].facility_id)]}]


@pytest.mark.parametrize("entries", [1, 3])
def test_looking_asks_the_same_questions_however_many_there_are(entries, django_assert_num_queries):
    stage = accepted(entries)
    for number in range(entries):
        knows(stage, judge=number, entry=number, phone=f"090512345{number}")

    with django_assert_num_queries(15):
        detect_conflicts(stage.round.pk)

    assert Conflict.objects.count() == entries
