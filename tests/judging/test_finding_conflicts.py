"""Conflicts are found before anybody scores, and looked for again when either side changes."""

import pytest
from interests import accepted, asked, knows, sheets_of
from stage import filed, person

from apps.accounts.models import Role
from apps.accounts.services.people import COMPARE_PERSON, Official, change_official
from apps.dossiers.services import accept_entry
from apps.facilities.services import revise_facility
from apps.facilities.services.registering import COMPARE_FACILITIES
from apps.judging.models import Affiliation, Conflict, ConflictKind, Source
from apps.judging.services import (
    detect_conflicts,
    dismiss_conflict,
    start_scoring,
)
from apps.judging.states import ConflictState
from apps.rounds.models import Body
from apps.rounds.services import advance, appoint
from workers.conflicts import compare_facilities_again, compare_person_again

pytestmark = pytest.mark.usefixtures("in_daklak")


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


def test_a_changed_telephone_has_the_person_compared_again_and_twice_is_once():
    stage = accepted()
    knows(stage)
    stage.judges[0].phone = ""
    stage.judges[0].save()
    told = Official(full_name=stage.judges[0].full_name, phone="0905123456")

    change_official(stage.judges[0].pk, told, roles=[], version=stage.judges[0].version, actor=stage.officer)
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
