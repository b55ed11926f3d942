"""An upheld conflict is taken back by somebody who may decide, with a reason: what was hidden returns, and nothing once
scoring was closed."""

from decimal import Decimal
from importlib import import_module

import pytest
from browsers import at
from django.db import connection
from handing import handed, judges_of
from interests import accepted, declared, sheets_of
from stage import MARKS, scoring

from apps.accounts.models import Person
from apps.dossiers.models import Entry
from apps.judging.access import has_conflict
from apps.judging.models import Conflict, Sheet
from apps.judging.queries import recused_pairs
from apps.judging.services import (
    close_scoring,
    declare_conflict,
    dismiss_conflict,
    lock_sheet,
    recuse,
    save_marks,
    start_scoring,
    take_back_conflict,
    uphold_conflict,
)
from apps.judging.services.recusing import REASON
from apps.judging.states import ConflictState, SheetState
from tieubieu.audit.models import Event
from tieubieu.errors import DomainError, NotAllowed, WrongState
from tieubieu.notices.models import Notice

pytestmark = pytest.mark.usefixtures("in_daklak")
FILL = import_module("apps.judging.migrations.0012_recused_sheets_know_their_conflict").FILL
WHY = "Cơ sở đã bán cho người khác từ năm 2020"


def upheld(stage, judge=0, entry=0):
    conflict = declared(stage, stage.judges[judge], entry)
    return uphold_conflict(conflict.pk, reason="Chị ruột", actor=stage.officer)


def taken_back(stage, conflict):
    return take_back_conflict(conflict.pk, reason=WHY, actor=stage.officer)


def filled(sheet):
    save_marks(sheet.pk, {c: Decimal(v) for c, v in MARKS.items()}, remark="", actor=sheet.judge.person)
    return lock_sheet(sheet.pk, actor=sheet.judge.person)


def hides(who: Person, entry: Entry) -> bool:
    return Entry.objects.filter(has_conflict(who), pk=entry.pk).exists()


def test_the_sheets_that_were_taken_come_back_to_be_locked_anew_with_their_marks():
    stage = scoring(2)
    sheet = filled(Sheet.objects.get(judge__person=stage.judges[0], entry=stage.entries[0]))
    conflict = upheld(stage)
    hidden = hides(stage.judges[0], stage.entries[0])

    taken_back(stage, conflict)

    sheet.refresh_from_db()
    assert hidden
    assert not hides(stage.judges[0], stage.entries[0])
    assert (sheet.state, sheet.reason, sheet.receipt_code) == (SheetState.DRAFT, "", "")
    assert (sheet.marks.count(), sheet.versions.count()) == (4, 1)
    assert sheets_of(stage) == [entry.code for entry in stage.entries]
    assert lock_sheet(sheet.pk, actor=stage.judges[0]).versions.count() == 2


def test_before_scoring_it_leaves_no_trace_and_the_sheet_is_handed_out_like_any():
    stage = accepted()
    taken_back(stage, upheld(stage))

    start_scoring(stage.round.pk, actor=stage.officer)

    assert sheets_of(stage) == [entry.code for entry in stage.entries]
    assert recused_pairs(stage.round) == frozenset()


def test_a_sheet_that_was_never_made_is_made():
    stage = accepted()
    conflict = upheld(stage)
    start_scoring(stage.round.pk, actor=stage.officer)
    before = sheets_of(stage)

    taken_back(stage, conflict)

    assert before == [stage.entries[1].code]
    assert sheets_of(stage) == [entry.code for entry in stage.entries]


def test_it_is_recorded_with_what_was_decided_before_and_the_member_is_told():
    stage = scoring(1)

    conflict = taken_back(stage, upheld(stage))

    facts = Event.objects.get(tag="judging.conflict.taken_back").facts
    assert (facts["reason"], facts["earlier"], facts["earlier_by"]) == (WHY, "Chị ruột", stage.officer.full_name)
    assert (conflict.state, conflict.decision) == (ConflictState.DISMISSED, WHY)
    assert Conflict.objects.get().taken_back_at is not None
    assert Event.objects.filter(tag="judging.sheet.given_back").count() == 1
    assert Notice.objects.filter(person=stage.judges[0], subject__startswith="Rút lại").count() == 1


def test_another_conflict_still_holds_the_sheet_back():
    stage = scoring(2)
    first = upheld(stage)
    entry = stage.entries[0]
    declare_conflict(
        stage.round.pk,
        facility_id=entry.facility_id,
        entry_id=entry.pk,
        kind="business",
        words="",
        actor=stage.judges[0],
    )

    taken_back(stage, first)

    assert hides(stage.judges[0], entry)
    assert sheets_of(stage) == [stage.entries[1].code]
    assert Sheet.objects.get(judge__person=stage.judges[0], entry=entry).state == SheetState.RECUSED


def test_a_sheet_that_waited_for_another_conflict_returns_when_that_one_falls():
    stage = scoring(1)
    first = upheld(stage)
    facility, judge = stage.entries[0].facility_id, stage.judges[0]
    second = declare_conflict(
        stage.round.pk, facility_id=facility, kind="business", words="", actor=judge, entry_id=stage.entries[0].pk
    )
    taken_back(stage, first)

    dismiss_conflict(second.pk, reason="Đã hết hợp đồng", actor=stage.officer)

    sheet = Sheet.objects.get(judge__person=judge)
    assert (sheet.state, sheet.recused_for) == (SheetState.DRAFT, None)


@pytest.mark.parametrize("words", ["Xin không chấm", REASON])
def test_what_was_set_aside_by_hand_stays_so_whatever_its_reason_says(words):
    stage = scoring(2)
    sheet = Sheet.objects.get(judge__person=stage.judges[0], entry=stage.entries[0])
    recuse(sheet.pk, reason=words, actor=stage.officer)
    conflict = upheld(stage)

    taken_back(stage, conflict)

    sheet.refresh_from_db()
    assert (sheet.state, sheet.reason) == (SheetState.RECUSED, words)


def test_sheets_taken_before_they_knew_their_conflict_are_given_it():
    """What the migration does: of three with the same words, one is of an entry that no conflict covers."""
    stage = scoring(3)
    whole, single = upheld(stage), upheld(stage, entry=1)
    by_hand = Sheet.objects.get(judge__person=stage.judges[0], entry=stage.entries[2])
    recuse(by_hand.pk, reason=REASON, actor=stage.officer)
    Sheet.objects.update(recused_for=None)

    with connection.cursor() as cursor:
        cursor.execute(FILL)

    own = Sheet.objects.filter(judge__person=stage.judges[0]).order_by("entry__code")
    assert [sheet.recused_for for sheet in own] == [whole, single, None]
    assert not Sheet.objects.exclude(judge__person=stage.judges[0]).exclude(recused_for=None).exists()


def test_where_some_of_the_panel_score_it_returns_while_the_entry_lacks_a_judge():
    stage = handed(entries=1, judges=3, each=3)

    taken_back(stage, upheld(stage))

    assert judges_of(stage) == [0, 1, 2]


def test_where_another_took_the_place_the_sheet_is_free_to_be_given_and_nobodys():
    stage = handed(entries=1, judges=5, each=2)
    first = judges_of(stage)[0]
    conflict = upheld(stage, judge=first)
    spare = next(n for n in range(5) if n not in judges_of(stage) and n != first)
    seat = stage.round.appointments.get(person=stage.judges[spare])
    Sheet.objects.create(entry=stage.entries[0], judge=seat)

    taken_back(stage, conflict)

    assert first not in judges_of(stage)
    assert Sheet.objects.get(judge__person=stage.judges[first]).state == SheetState.RELEASED
    assert not hides(stage.judges[first], stage.entries[0])


def test_once_scoring_is_closed_it_is_refused_and_nothing_changes():
    stage = scoring(1)
    conflict = upheld(stage)
    for sheet in Sheet.objects.filter(state=SheetState.DRAFT).select_related("judge__person"):
        filled(sheet)
    close_scoring(stage.round.pk, actor=stage.officer)

    with pytest.raises(WrongState, match="Chấm điểm đã đóng"):
        taken_back(stage, conflict)

    conflict.refresh_from_db()
    assert (conflict.state, conflict.taken_back_at) == (ConflictState.UPHELD, None)
    page = f"/cham-diem/ky/{stage.round.code}/xung-dot/{conflict.pk}/"
    assert "rut-lai" not in at("daklak", stage.officer).get(page).content.decode()


def test_nobody_takes_back_their_own_nor_one_with_a_facility_they_have_a_conflict_with():
    stage = scoring(1)
    own, other = declared(stage, stage.council[0]), upheld(stage)
    uphold_conflict(own.pk, actor=stage.officer)

    for conflict in (own, other):
        with pytest.raises(NotAllowed):
            take_back_conflict(conflict.pk, reason=WHY, actor=stage.council[0])


def test_only_an_upheld_one_and_only_with_a_reason():
    stage = scoring(1)
    waiting = declared(stage, stage.judges[0])

    with pytest.raises(WrongState):
        taken_back(stage, waiting)
    uphold_conflict(waiting.pk, actor=stage.officer)
    with pytest.raises(DomainError, match="lý do"):
        take_back_conflict(waiting.pk, reason="  ", actor=stage.officer)


def test_on_the_page_with_a_reason_and_a_refusal_keeps_what_was_typed():
    stage = scoring(1)
    conflict = upheld(stage)
    page = f"/cham-diem/ky/{stage.round.code}/xung-dot/{conflict.pk}/"
    officer, judge = at("daklak", stage.officer), at("daklak", stage.judges[0])
    long = "Đã bán " * 100

    shown = officer.get(page).content.decode()
    refused = officer.post(f"{page}rut-lai/", {"reason": long, "hop-thoai": "rut-lai"})
    strange = judge.post(f"{page}rut-lai/", {"reason": WHY})
    officer.post(f"{page}rut-lai/", {"reason": WHY})
    after = officer.get(page).content.decode()

    assert "Rút lại quyết định" in shown
    assert (refused.status_code, strange.status_code) == (422, 404)
    assert long.strip() in refused.content.decode()
    assert "rút lại" in after
    assert WHY in after


def test_a_round_called_like_a_page_of_ones_own_hides_nothing():
    stage = accepted()
    stage.round.code = "ban-than"
    stage.round.save()
    conflict = declared(stage, stage.judges[0])

    page = at("daklak", stage.officer).get("/cham-diem/ky/ban-than/xung-dot/").content.decode()
    own = at("daklak", stage.judges[0]).get("/cham-diem/xung-dot/ban-than/").content.decode()

    assert str(conflict.pk) in page
    assert "Nơi làm việc, doanh nghiệp của mình" in own
