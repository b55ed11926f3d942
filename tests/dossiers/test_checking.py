"""Two officers on one checklist: the second sees what changed and loses nothing."""

import pytest
from stage import filed, person

from apps.accounts.models import Role
from apps.dossiers.models import Check, Entry
from apps.dossiers.queries.standing import check_stamp
from apps.dossiers.services.checking import CheckedElsewhere, record_check
from apps.dossiers.states import EntryState
from tieubieu.audit.queries import events_of
from tieubieu.errors import DomainError, WrongState

pytestmark = pytest.mark.usefixtures("in_daklak")

PLACE = "field:Mô tả"


def check(stage, verdict="wrong", note="Sai tên", seen="", actor=None, place=PLACE):
    return record_check(stage.entries[0].pk, place, verdict=verdict, note=note, seen=seen, actor=actor or stage.officer)


def test_a_line_is_written_changed_and_cleared():
    stage = filed()

    first = check(stage)
    second = check(stage, "good", "", check_stamp(first))
    gone = check(stage, "", "", check_stamp(second))

    assert (first.verdict, second.verdict, second.version, gone) == ("wrong", "good", 2, None)
    assert not Check.objects.exists()
    told = events_of(stage.entries[0]).filter(tag="dossiers.check.recorded")
    assert [(event.facts["before"], event.facts["verdict"]) for event in told] == [
        ("", "wrong"),
        ("wrong", "good"),
        ("good", ""),
    ]


def test_the_second_officer_is_shown_the_firsts_finding_instead_of_overwriting_it():
    stage = filed()
    second = person("chuyen-vien-hai", Role.OFFICER)
    check(stage, "missing", "Thiếu trang 2")

    with pytest.raises(CheckedElsewhere) as elsewhere:
        check(stage, "good", "", seen="", actor=second)

    there = elsewhere.value.check
    assert (there.verdict, there.note, there.checked_by) == ("missing", "Thiếu trang 2", stage.officer)
    assert Check.objects.get().verdict == "missing"
    assert check(stage, "good", "", seen=check_stamp(there), actor=second).checked_by == second


def test_a_line_cleared_and_written_anew_is_not_taken_for_the_old_one():
    stage = filed()
    old = check_stamp(check(stage))
    check(stage, "", "", old)
    with pytest.raises(CheckedElsewhere):
        check(stage, "good", "", seen=old)
    check(stage, "missing", "", actor=person("chuyen-vien-hai", Role.OFFICER))

    with pytest.raises(CheckedElsewhere):
        check(stage, "good", "", seen=old)


def test_an_officer_may_change_the_own_finding_from_another_window():
    stage = filed()
    check(stage)

    assert check(stage, "good", "", seen="").verdict == "good"


def test_saying_the_same_again_is_no_quarrel():
    stage = filed()
    check(stage)

    assert check(stage, seen="").version == 1


def test_other_lines_are_not_in_the_way():
    stage = filed()
    check(stage)

    check(stage, "good", "", place="paper:photo_front")

    assert Check.objects.count() == 2


@pytest.mark.parametrize("state", sorted(set(EntryState) - {EntryState.SUBMITTED, EntryState.SUPPLEMENT}))
def test_a_concluded_dossier_is_not_checked_any_more(state):
    stage = filed()
    Entry.objects.update(state=state)

    with pytest.raises(WrongState, match=state.label):
        check(stage)


@pytest.mark.parametrize(("verdict", "note"), [("perfect", ""), ("good", "x" * 501)])
def test_a_mangled_line_is_told(verdict, note):
    stage = filed()

    with pytest.raises(DomainError):
        check(stage, verdict, note)

    assert not Check.objects.exists()
